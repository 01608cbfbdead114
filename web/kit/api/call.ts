// Calls an endpoint value with typed parameters, query, body and reply; every failure becomes a CallError with a sentence for the person.
import type { Static, TSchema } from 'typebox'
import { address, type Endpoint } from '#base/endpoint.ts'
import type { Code, Issue } from '#base/errors.ts'

/** What went wrong with a call: the server's refusal, a lost connection (`offline`) or a fault of ours (`fault`). */
export class CallError extends Error {
  readonly code: Code | 'offline' | 'fault'
  readonly status: number
  readonly issues: Issue[]
  constructor(code: Code | 'offline' | 'fault', status: number, message: string, issues: Issue[] = []) {
    super(message)
    this.code = code
    this.status = status
    this.issues = issues
  }
}

type Part<K extends string, T> = Record<string, never> extends T ? { [k in K]?: T } : { [k in K]: T }

/** What a call of this endpoint needs: parts that may be empty may be left out. */
export type Input<P extends TSchema, Q extends TSchema, B extends TSchema> = Part<'params', Static<P>> & Part<'query', Static<Q>> & Part<'body', Static<B>>

type Loose = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }

/** A 401 from these is an answer, not an ended session. */
const signInPaths = ['/api/session', '/api/sign-in']

let lastAnswer = Date.now()

/** When the server last answered a call that was let in: from then on the session's idle time runs. */
export function answeredAt(): number {
  return lastAnswer
}

let onSignedOut: () => void = () => undefined

/** Says what happens when a call meets an ended session: the shell sends the person to the sign-in page. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act
}

/** Calls `endpoint`; throws a CallError. `signal` stops it. */
export async function call<P extends TSchema, Q extends TSchema, B extends TSchema, R extends TSchema>(
  endpoint: Endpoint<P, Q, B, R>,
  input: Input<P, Q, B>,
  signal?: AbortSignal,
): Promise<Static<R>> {
  return (await parse(await ask(endpoint, input as Loose, signal))) as Static<R>
}

/** The file that an endpoint replies with; throws a CallError. */
export async function fetchFile<P extends TSchema, Q extends TSchema, B extends TSchema>(endpoint: Endpoint<P, Q, B>, input: Input<P, Q, B>): Promise<Blob> {
  return (await ask(endpoint, input as Loose)).blob()
}

function ask(endpoint: Endpoint, given: Loose, signal?: AbortSignal): Promise<Response> {
  const request: RequestInit = { method: endpoint.method, credentials: 'same-origin', headers: { accept: 'application/json' } }
  if (signal) request.signal = signal
  if (endpoint.method === 'POST') {
    request.headers = { accept: 'application/json', 'content-type': 'application/json' }
    request.body = JSON.stringify(given.body ?? {})
  }
  return send(address(endpoint.path, given.params, given.query), request)
}

/** Sends a file as the body of an upload endpoint; throws a CallError. */
export async function upload<P extends TSchema, Q extends TSchema, R extends TSchema>(
  endpoint: Endpoint<P, Q, TSchema, R>,
  input: Part<'params', Static<P>> & Part<'query', Static<Q>>,
  file: File,
): Promise<Static<R>> {
  const given = input as Loose
  const request: RequestInit = {
    method: 'POST',
    credentials: 'same-origin',
    headers: { accept: 'application/json', 'content-type': 'application/octet-stream' },
    body: file,
  }
  return (await parse(await send(address(endpoint.path, given.params, given.query), request))) as Static<R>
}

async function send(path: string, request: RequestInit): Promise<Response> {
  const response = await reach(path, request)
  if (response.ok) {
    lastAnswer = Date.now()
    return response
  }
  const error = refusal(response.status, await parse(response))
  if (error.code === 'not-signed-in' && !signInPaths.includes(path)) onSignedOut()
  throw error
}

/** Replies that app.html asked for before the scripts were there, by path; each is used once. */
const first: Record<string, Promise<Response> | undefined> = (globalThis as { dajuanFirst?: Record<string, Promise<Response>> }).dajuanFirst ?? {}

async function reach(path: string, request: RequestInit): Promise<Response> {
  const early = first[path]
  delete first[path]
  try {
    return await (early ?? fetch(path, request))
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new CallError('offline', 0, '连不上服务器。请检查网络，填写的内容还在，可以再试一次。')
  }
}

async function parse(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    throw new CallError('fault', response.status, '服务器的回答读不懂，可能正在重启。请稍后再试。')
  }
}

/** The server's error reply, `{error: {code, message, issues}}` or the same without the envelope, as a CallError. */
export function refusal(status: number, reply: unknown): CallError {
  const outer = (reply ?? {}) as { error?: unknown }
  const inner = (typeof outer.error === 'object' && outer.error !== null ? outer.error : outer) as { code?: Code; message?: string; issues?: Issue[] }
  const code = inner.code ?? (status === 401 ? 'not-signed-in' : status === 403 ? 'not-allowed' : status === 404 ? 'not-found' : 'fault')
  const message = status >= 500 || inner.message === undefined ? `服务器出了错（${status}）。请稍后再试；仍不行，请把时间告诉管理员。` : inner.message
  return new CallError(code, status, message, inner.issues ?? [])
}

/** The messages of a refusal by field name: `/title` → title; nested fields keep their path. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof CallError)) return {}
  return Object.fromEntries(error.issues.map((issue) => [issue.field.replace(/^\/(body\/)?/, ''), issue.message]))
}

/** The sentence to show for anything thrown. */
export function sentence(error: unknown): string {
  return error instanceof CallError ? error.message : '页面出了错。请刷新再试；仍不行，请把时间告诉管理员。'
}
