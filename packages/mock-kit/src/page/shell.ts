import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** The page without data: what it shows comes from the control plane, by its script. */
export function renderShell(): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Twin</title>
        <link rel="icon" href="data:image/svg+xml,${encodeURIComponent(icon)}" />
        <link rel="stylesheet" href="page.css" />
        <script type="module" src="page.js"></script>
      </head>
      <body>
        ${renderMasthead()}
        <main>
          ${renderRequests()}
          <div class="side">${renderClock()} ${renderFaults()} ${renderSettings()} ${renderActions()}</div>
          ${renderState()}
        </main>
        ${renderViewer()} ${renderTokenDialog()}
        <noscript><p class="notice">This page needs JavaScript.</p></noscript>
      </body>
    </html>`
}

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke="#12857b" stroke-width="3"><rect x="2" y="2" width="19" height="19" rx="5"/><rect x="11" y="11" width="19" height="19" rx="5" fill="#12857b"/></svg>'

function renderMasthead(): Html {
  return html`<header class="masthead">
    <h1 id="twin-name">Twin</h1>
    <p id="connection" class="badge" role="status">connecting</p>
    <p id="twin-note" class="note" role="status"></p>
    <div class="tools">
      <label class="inline"
        >World
        <select id="world"></select
      ></label>
      <button id="reset" type="button">Reset this world</button>
    </div>
  </header>`
}

function renderRequests(): Html {
  return html`<section class="card requests" aria-labelledby="requests-title">
    <div class="card-head">
      <h2 id="requests-title">Requests</h2>
      <div class="tools">
        <a id="har" href="requests?as=har" download="requests.har">HAR</a>
        <button id="clear-requests" type="button">Clear</button>
      </div>
    </div>
    <form id="filters" class="row">
      <label class="field"
        >Operation
        <select name="operation"></select
      ></label>
      <label class="field">Status <input name="status" placeholder="429, 4xx, 0" size="9" autocomplete="off" /></label>
      <button type="submit">Filter</button>
    </form>
    <p id="requests-note" class="note" role="status"></p>
    <div class="scroller" tabindex="0" role="region" aria-label="Requests, newest first">
      <ol id="requests"></ol>
    </div>
  </section>`
}

function renderClock(): Html {
  return html`<section class="card" aria-labelledby="clock-title">
    <div class="card-head">
      <h2 id="clock-title">Clock</h2>
      <span id="clock-state" class="badge">…</span>
    </div>
    <p class="now"><time id="clock-now">…</time></p>
    <form id="advance" class="row">
      <label class="field">Advance by <input name="by" value="16m" size="8" autocomplete="off" /></label>
      <button type="submit">Advance</button>
    </form>
    <form id="set-clock" class="row">
      <label class="field"
        >Set to <input name="now" placeholder="2023-04-04T12:53:25Z" size="8" autocomplete="off"
      /></label>
      <button type="submit">Set</button>
    </form>
    <div class="tools">
      <button id="freeze" type="button">Freeze</button>
      <button id="run" type="button">Run</button>
    </div>
    <p id="clock-note" class="note" role="status"></p>
  </section>`
}

function renderFaults(): Html {
  return html`<section class="card" aria-labelledby="faults-title">
    <h2 id="faults-title" tabindex="-1">Faults</h2>
    <ul id="faults" class="faults"></ul>
    <details>
      <summary>Add a fault</summary>
      ${renderFaultForm()}
    </details>
    <p id="faults-note" class="note" role="status"></p>
  </section>`
}

/** Which fields are for which kind is said in `data-kinds`; the script hides the others. */
function renderFaultForm(): Html {
  const number = (name: string, label: string, kinds = ''): Html =>
    html`<label class="field" data-kinds="${kinds}"
      >${label} <input name="${name}" inputmode="decimal" size="6" autocomplete="off"
    /></label>`
  return html`<form id="add-fault" class="fields">
    <label class="field whole"
      >Kind
      <select name="kind"></select
    ></label>
    <label class="field whole"
      >Operation
      <select name="operation"></select
    ></label>
    ${number('status', 'Status', 'error')}
    <label class="field" data-kinds="error">Code <input name="code" size="6" autocomplete="off" /></label>
    <label class="field">Delay <input name="delay" placeholder="2s" size="6" autocomplete="off" /></label>
    ${number('bytes', 'Bytes', 'truncated-body slow-body')}
    <label class="field" data-kinds="wrong-content-type"
      >Content type <input name="contentType" placeholder="text/html" size="6" autocomplete="off"
    /></label>
    <label class="field" data-kinds="reset silence"
      >Effect
      <select name="effect">
        <option value="">before it</option>
        <option value="after">after it</option>
      </select>
    </label>
    ${number('first', 'First calls')} ${number('after', 'After calls')} ${number('every', 'Every')}
    ${number('probability', 'Probability')}
    <button type="submit" class="primary whole">Add</button>
  </form>`
}

function renderSettings(): Html {
  return html`<section class="card" aria-labelledby="settings-title">
    <h2 id="settings-title">Settings</h2>
    <form id="settings">
      <textarea name="json" aria-labelledby="settings-title" rows="5" spellcheck="false" autocomplete="off"></textarea>
      <button type="submit">Save</button>
    </form>
    <p id="settings-note" class="note" role="status"></p>
  </section>`
}

function renderActions(): Html {
  return html`<section class="card" aria-labelledby="actions-title">
    <h2 id="actions-title">Actions</h2>
    <div id="actions"></div>
  </section>`
}

function renderState(): Html {
  return html`<section class="card wide" aria-labelledby="state-title">
    <div class="card-head">
      <h2 id="state-title">State</h2>
      <button id="refresh-state" type="button">Refresh</button>
    </div>
    <p id="state-note" class="note" role="status"></p>
    <div id="tables"></div>
  </section>`
}

/** For values that are too long for their cell. */
function renderViewer(): Html {
  return html`<dialog id="viewer" aria-labelledby="viewer-title">
    <div class="card-head">
      <h2 id="viewer-title">Value</h2>
      <button id="close-viewer" type="button">Close</button>
    </div>
    <pre id="viewer-text" tabindex="0" aria-labelledby="viewer-title"></pre>
  </dialog>`
}

function renderTokenDialog(): Html {
  return html`<dialog id="token-dialog" aria-labelledby="token-title">
    <form id="token-form">
      <h2 id="token-title">Token</h2>
      <p id="token-note" role="status"></p>
      <label class="field">Token of the twin <input name="token" type="password" autocomplete="off" required /></label>
      <button type="submit" class="primary">Continue</button>
    </form>
  </dialog>`
}
