import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { OrderChoice } from './choices.ts'

type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** The document; what it shows of runs, versions and requests comes from its script. */
export function renderDocument(orders: readonly OrderChoice[]): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>certtwin</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/page.css" />
        <script type="module" src="/page.js"></script>
      </head>
      <body>
        <header class="masthead">
          <img src="/icon.svg" alt="" width="36" height="36" />
          <div>
            <h1>certtwin</h1>
            <p>Duplicate a certificate at DigiCert, deploy it at CDN Pro, verify it there. Both are offline twins.</p>
          </div>
        </header>
        <main>
          ${renderForm(orders)} ${renderRun()} ${renderOrder()} ${renderVersions()} ${renderTasks()} ${renderWire()}
        </main>
        <noscript><p class="notice">This page needs JavaScript.</p></noscript>
      </body>
    </html>`
}

function renderForm(orders: readonly OrderChoice[]): Html {
  return html`<section class="card" aria-labelledby="form-title">
    <h2 id="form-title">New run</h2>
    <form id="run-form" novalidate>
      ${renderOrders(orders)}
      <label class="field">
        Common name
        <input name="commonName" autocomplete="off" autocapitalize="none" spellcheck="false" />
      </label>
      <label class="field">
        Further names
        <input
          name="dnsNames"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          aria-describedby="names-hint"
        />
        <small id="names-hint">Separated by blanks; none keeps those of the original.</small>
      </label>
      <div class="pair">
        <label class="field">
          Signature hash
          <select name="signatureHash">
            <option value="sha256">SHA-256</option>
            <option value="sha384">SHA-384</option>
            <option value="sha512">SHA-512</option>
          </select>
        </label>
        <fieldset class="targets">
          <legend>Deploy to</legend>
          <label><input type="checkbox" name="target" value="staging" checked /> staging</label>
          <label><input type="checkbox" name="target" value="production" checked /> production</label>
        </fieldset>
      </div>
      <button class="primary" type="submit">Start the run</button>
      <p id="form-error" class="error" role="alert"></p>
    </form>
  </section>`
}

function renderOrders(orders: readonly OrderChoice[]): Html {
  return html`<fieldset class="choices">
    <legend>Order</legend>
    ${orders.map(renderChoice)}
    <label class="choice">
      <input type="radio" name="order" value="" />
      <span><b>Another order</b></span>
    </label>
    <label id="other-order" class="field" hidden>
      Order number
      <input name="orderId" inputmode="numeric" autocomplete="off" />
    </label>
  </fieldset>`
}

function renderChoice({ id, title, hint, commonName, dnsNames }: OrderChoice, index: number): Html {
  return html`<label class="choice">
    <input
      type="radio"
      name="order"
      value="${id}"
      data-common-name="${commonName}"
      data-dns-names="${dnsNames.join(' ')}"
      ${index === 0 ? 'checked' : ''}
    />
    <span><b>${title}</b> <code>${id}</code><small>${hint}</small></span>
  </label>`
}

function renderRun(): Html {
  return html`<section class="card run" aria-labelledby="run-title">
    <div class="card-head">
      <h2 id="run-title" tabindex="-1">Run</h2>
      <span id="run-state" class="badge" hidden></span>
    </div>
    <p id="run-message" role="status">No run yet. Start one, and its steps show up here as they happen.</p>
    <p id="run-connection" class="error" role="alert"></p>
    <ol id="steps" class="steps"></ol>
    <div id="receipt-part" hidden>
      <h3>Receipt</h3>
      <dl id="receipt" class="receipt"></dl>
    </div>
    <nav id="runs-part" aria-label="All runs" hidden>
      <h3>All runs</h3>
      <ul id="runs" class="runs"></ul>
    </nav>
  </section>`
}

function renderOrder(): Html {
  return html`<section class="card wide" aria-labelledby="order-title">
    <div class="card-head">
      <h2 id="order-title">The order at DigiCert</h2>
      <span id="order-state" class="badge" hidden></span>
    </div>
    <p id="order-hint" class="muted"></p>
    <p id="order-error" class="error" role="alert"></p>
    <table class="versions of-order" role="table" aria-labelledby="order-title">
      <thead role="rowgroup">
        <tr role="row">
          ${['Certificate', 'Status', 'Valid until', 'Names', 'Serial number'].map(
            (title) => html`<th role="columnheader" scope="col">${title}</th>`,
          )}
        </tr>
      </thead>
      <tbody id="order-certificates" role="rowgroup"></tbody>
    </table>
    <details class="behind">
      <summary>Requests behind this table</summary>
      <ol id="order-exchanges" class="wire"></ol>
    </details>
  </section>`
}

function renderVersions(): Html {
  return html`<section class="card wide" aria-labelledby="versions-title">
    <div class="card-head">
      <h2 id="versions-title">Certificate versions at CDN Pro</h2>
      <button id="refresh" type="button">Refresh</button>
    </div>
    <p id="versions-hint" class="muted"></p>
    <p id="versions-error" class="error" role="alert"></p>
    <table class="versions" role="table" aria-labelledby="versions-title">
      <thead role="rowgroup">
        <tr role="row">
          ${['Certificate', 'Version', 'Live in', 'Expires', 'Names', 'Serial number'].map(
            (title) => html`<th role="columnheader" scope="col">${title}</th>`,
          )}
        </tr>
      </thead>
      <tbody id="versions" role="rowgroup"></tbody>
    </table>
    <details class="behind">
      <summary>Requests behind this table</summary>
      <ol id="versions-exchanges" class="wire"></ol>
    </details>
  </section>`
}

function renderTasks(): Html {
  return html`<section class="card wide" aria-labelledby="tasks-title">
    <h2 id="tasks-title">Deployment tasks at CDN Pro</h2>
    <p id="tasks-hint" class="muted"></p>
    <p id="tasks-error" class="error" role="alert"></p>
    <table class="versions of-tasks" role="table" aria-labelledby="tasks-title">
      <thead role="rowgroup">
        <tr role="row">
          ${['Task', 'Target', 'Status', 'What it does', 'Submitted', 'How it ended'].map(
            (title) => html`<th role="columnheader" scope="col">${title}</th>`,
          )}
        </tr>
      </thead>
      <tbody id="tasks" role="rowgroup"></tbody>
    </table>
    <details class="behind">
      <summary>Requests behind this table</summary>
      <ol id="tasks-exchanges" class="wire"></ol>
    </details>
  </section>`
}

function renderWire(): Html {
  return html`<section class="card wide" aria-labelledby="wire-title">
    <h2 id="wire-title">On the wire</h2>
    <p id="wire-hint" class="muted">
      The requests of the run above. Open one to read its bodies; what is secret is hidden.
    </p>
    <ol id="exchanges" class="wire"></ol>
  </section>`
}
