import { execFile } from 'node:child_process'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest, type RequestOptions as HttpsOptions } from 'node:https'
import { connect, type Socket } from 'node:net'

/** What a client saw: its answer, or the code of the error that it failed with. */
export interface Outcome {
  readonly status?: number | undefined
  readonly body: string
  readonly error?: string | undefined
}

/** Asks with `node:http`, or `node:https` where the URL says so. */
export function nodeRequest(url: string, options: HttpsOptions = {}, body = ''): Promise<Outcome> {
  const send = url.startsWith('https:') ? httpsRequest : httpRequest
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException, status?: number, read = ''): void =>
      resolve({ status, body: read, error: error.code })
    send(url, options, (response) => {
      let read = ''
      response
        .setEncoding('utf8')
        .on('data', (part: string) => (read += part))
        .on('end', () => resolve({ status: response.statusCode, body: read }))
        .on('error', (error) => fail(error, response.statusCode, read))
    })
      .on('error', fail)
      .end(body)
  })
}

/** A connection that leads to the host by way of a proxy on this port. */
export function openTunnel(port: number, host: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    httpRequest({ port, host: '127.0.0.1', method: 'CONNECT', path: `${host}:443` })
      .on('connect', ({ statusCode }, socket) => {
        if (statusCode === 200) resolve(socket)
        else reject(new Error(`The proxy answered ${statusCode}.`))
      })
      .on('error', reject)
      .end()
  })
}

/** What curl printed, and what it exited with: 0, or the number of its error. */
export function curl(args: readonly string[]): Promise<{ readonly code: number; readonly stdout: string }> {
  return new Promise((resolve) => {
    execFile('curl', ['--silent', '--noproxy', 'none.example', ...args], (error, stdout) =>
      resolve({ code: Number(error?.code ?? 0), stdout }),
    )
  })
}

/** What a raw socket read, and how the connection ended: orderly, or with the code of an error. */
export interface RawOutcome {
  readonly text: string
  readonly end: string
}

/** Sends bytes and reads until the connection ends. */
export function rawExchange(port: number, text: string | Buffer): Promise<RawOutcome> {
  return rawOutcome(
    connect(port, '127.0.0.1', function (this: Socket) {
      this.write(text)
    }),
  )
}

/** Reads until the connection ends. */
export function rawOutcome(socket: Socket): Promise<RawOutcome> {
  return new Promise((resolve) => {
    let text = ''
    socket
      .setEncoding('latin1')
      .on('data', (part: string) => (text += part))
      .on('end', () => resolve({ text, end: 'end' }))
      .on('error', (error: NodeJS.ErrnoException) => resolve({ text, end: error.code ?? 'unknown' }))
  })
}
