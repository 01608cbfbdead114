// Turns an endpoint and a handler into an HTTP route: checks input, opens the one transaction, maps errors.
// Services never open a transaction; a GET's is read-only.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Static, TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import Value from 'typebox/value'
import type { Endpoint } from '#base/endpoint.ts'
import { type Issue, Refusal, statusOf } from '#base/errors.ts'
import { type Actor, anonymous, type HeldPost, type Origin, scopeFor } from './actor.ts'
import { isPgError, type Pool, type Tx, transaction } from './db.ts'
import type { FileStore } from './files.ts'
import { makeGate } from './gate.ts'
import { log } from './log.ts'
import { type Masker, type Masking, maskerOf } from './masking.ts'
import type { Oidc } from './oidc.ts'
import type { Secrets } from './secrets.ts'
import { type Tenant, tenantOf } from './tenant.ts'

/** An account that a demonstration shows to newcomers. */
export interface DemoAccount {
  account: string
  password: string
  post: string
  org: string
  name: string
}

/** What the routes stand on. `authenticate` resolves a request's session, null without one. */
export interface Host {
  /** The demonstration's accounts; none elsewhere. */
  demoAccounts: () => DemoAccount[]
  pool: Pool
  tenants: Tenant[]
  authenticate: (request: FastifyRequest, tenant: Tenant) => Promise<Actor | null>
  /** The post by which the actor may do the action, on the body where one is named; refuses where there is none. Access implements it. */
  allow: (actor: Actor, action: string, bodyId?: string) => HeldPost
  /** Whether `allow` would let it pass. */
  may: (actor: Actor, action: string, bodyId?: string) => boolean
  /** Leaves an audit entry of a request that was refused to an account. */
  refused: (tenant: Tenant, actor: Actor, origin: Origin, endpoint: Endpoint, refusal: Refusal) => Promise<unknown>
  /** What of personal data is open to the actor, and how the rest is masked. Access implements it. */
  masking: (tenant: Tenant, actor: Actor) => Masking
  files: FileStore
  secrets: Secrets
  /** Sign-in at the providers of the configuration. */
  oidc: Oidc
  /** Check replies against their schemas too: in tests. */
  checkReplies: boolean
}

export interface Call<P, Q, B> {
  tx: Tx
  tenant: Tenant
  actor: Actor
  params: P
  query: Q
  body: B
  request: FastifyRequest
  reply: FastifyReply
  files: FileStore
  secrets: Secrets
  oidc: Oidc
  demoAccounts: () => DemoAccount[]
  may: (action: string, bodyId?: string) => boolean
  /** Refuses (not-found, not-allowed) unless the actor may do `action`, on the body where one is named. */
  allow: (action: string, bodyId?: string) => void
}

/** What `prepare` gets: the call before its transaction is open. */
export type Preparing<P, Q, B> = Pick<Call<P, Q, B>, 'tenant' | 'actor' | 'params' | 'query' | 'body' | 'request' | 'secrets' | 'oidc' | 'allow'> & {
  pool: Pool
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The endpoint that a route was made of, for what looks at all routes. */
    endpoint?: Endpoint
  }
}

export type Route = (app: FastifyInstance, host: Host) => void

/** Of requests without a session, how many of one endpoint run at once, and how many wait: they leave connections to those who are signed in. */
const PUBLIC_AT_ONCE = 3
const PUBLIC_WAITING = 300

/** Sent by a handler that has answered on `reply` itself (a file, a stream). */
export const answered = Symbol('answered')

/** A refusal after which what was written stays (a failed sign-in is counted): a handler returns it instead of throwing it. */
export class Kept {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    this.refusal = refusal
  }
}

/**
 * A route of an endpoint.
 * `reach: 'tenant'` endpoints run as the role that sees the tenant; all others in the actor's scope.
 */
export function route<P extends TSchema, Q extends TSchema, B extends TSchema, R extends TSchema>(
  endpoint: Endpoint<P, Q, B, R>,
  handler: (call: Call<Static<P>, Static<Q>, Static<B>>) => Promise<Static<R> | typeof answered | Kept>,
): Route {
  return preparedRoute(endpoint, async () => undefined, handler)
}

/**
 * A route with something to be ready before its transaction opens: a result that many readers share and that is computed in a
 * transaction of its own. Waiting for it inside would hold a connection each, and the pool could run dry.
 */
export function preparedRoute<P extends TSchema, Q extends TSchema, B extends TSchema, R extends TSchema, T>(
  endpoint: Endpoint<P, Q, B, R>,
  prepare: (call: Preparing<Static<P>, Static<Q>, Static<B>>) => Promise<T>,
  handler: (call: Call<Static<P>, Static<Q>, Static<B>> & { prepared: T }) => Promise<Static<R> | typeof answered | Kept>,
): Route {
  const params = checker(endpoint.params, '路径')
  const query = checker(endpoint.query, '查询')
  const body = checker(endpoint.body, '内容')
  const mask = maskerOf(endpoint.reply)
  const publicGate = makeGate(PUBLIC_AT_ONCE, PUBLIC_WAITING)
  return (app, host) => {
    const reply = host.checkReplies ? Compile(endpoint.reply) : null
    app.route({
      method: endpoint.method,
      url: endpoint.path,
      config: { endpoint },
      ...(endpoint.bodyLimit === undefined ? {} : { bodyLimit: endpoint.bodyLimit }),
      handler: async (request, response) => {
        const tenant = tenantFor(host, request)
        const actor = (await host.authenticate(request, tenant)) ?? anonymous
        const [main] = actor.posts
        const origin: Origin = { post: main?.post ?? null, postBodyId: main?.bodyId ?? null, address: request.ip, requestId: request.id }
        const allow = (action: string, bodyId?: string): void => {
          const by = host.allow(actor, action, bodyId)
          Object.assign(origin, { post: by.post, postBodyId: by.bodyId })
        }
        const perform = async () => {
          if (endpoint.needs !== undefined) allow(endpoint.needs)
          const input = {
            params: params(request.params ?? {}),
            query: query(fromText(endpoint.query, request.query ?? {})),
            body: endpoint.method === 'GET' ? ({} as Static<B>) : body(request.body ?? {}),
          }
          const mode = endpoint.writes ? 'write' : 'read'
          const { plannedOnce, plannedAnew } = endpoint
          const scope = endpoint.reach === 'tenant' ? 'tenant' : scopeFor(actor, endpoint.sees)
          const { pool, secrets, oidc, files, demoAccounts } = host
          const prepared = await prepare({ pool, secrets, oidc, tenant, actor, ...input, request, allow })
          const posts = actor.posts.map(({ post }) => post)
          const mark = (text: string): string => secrets.mark('audit', text)
          return transaction(pool, { tenant, actorId: actor.accountId || null, scope, posts, mode, plannedOnce, plannedAnew, origin, mark }, async (tx) => {
            const may = (action: string, bodyId?: string): boolean => host.may(actor, action, bodyId)
            const result = await handler({ tx, tenant, actor, ...input, request, reply: response, allow, may, prepared, files, secrets, oidc, demoAccounts })
            response.header('x-queries', tx.count + 1)
            return result
          })
        }
        if (endpoint.access !== 'public') mustHaveSession(endpoint, actor)
        const value = await (actor === anonymous ? publicGate(perform) : perform()).catch(async (error: unknown) => {
          // Looking for what is not one's own answers as what is not there, and shows in the trail like what is refused.
          if (error instanceof Refusal && ['not-allowed', 'not-found'].includes(error.code) && actor !== anonymous)
            await host.refused(tenant, actor, origin, endpoint, error)
          throw error
        })
        if (value instanceof Kept) throw value.refusal
        if (value === answered) return response
        const sent = mask === null ? value : maskedReply(value, mask, host.masking(tenant, actor), response)
        if (reply !== null && !reply.Check(sent))
          throw new Error(
            `reply of ${endpoint.id} breaks its contract: ${reply
              .Errors(sent)
              .slice(0, 3)
              .map(({ instancePath, keyword }) => `${instancePath} ${keyword}`)}`,
          )
        return response.send(sent)
      },
    })
  }
}

/** A reply with the personal data masked that aren't open to its reader; `x-masked` names their classes. */
function maskedReply<T>(value: T, mask: Masker, masking: Masking, response: FastifyReply): T {
  const hidden = new Set<string>()
  const isOpen: Masking['isOpen'] = (sensitiveClass, body) => {
    const open = masking.isOpen(sensitiveClass, body)
    if (!open) hidden.add(sensitiveClass)
    return open
  }
  const masked = mask(value, { ...masking, isOpen })
  if (hidden.size > 0) response.header('x-masked', [...hidden].join(' '))
  return masked
}

/** A session is there, and in good order where the endpoint asks for that. */
function mustHaveSession({ access }: Endpoint, actor: Actor): void {
  if (actor === anonymous) throw new Refusal('not-signed-in', '请先登录。')
  if (access === 'session' || actor.must === null) return
  throw new Refusal('not-ready', actor.must === 'password' ? '请先在“我的账号”更换密码。' : '您的岗位要求第二种验证方式，请先在“我的账号”设置。')
}

function tenantFor(host: Host, request: FastifyRequest): Tenant {
  const tenant = tenantOf(host.tenants, request.headers.host ?? '')
  if (tenant === undefined) throw new Refusal('not-found', '系统还没有建立任何城市。请管理员运行 bin/dajuan demo，或按 docs/running.md 新建。')
  return tenant
}

/** Query values come as text; those that the schema has as integers or booleans become such, whatever else stays for the check to refuse. */
function fromText(schema: TSchema, query: object): object {
  const { properties = {} } = schema as { properties?: Record<string, { type?: string }> }
  const read = (name: string, text: unknown): unknown => {
    const type = Object.hasOwn(properties, name) ? properties[name]?.type : undefined
    if (type === 'integer' && typeof text === 'string' && /^-?\d{1,15}$/.test(text)) return Number(text)
    return type === 'boolean' && (text === 'true' || text === 'false') ? text === 'true' : text
  }
  return Object.fromEntries(Object.entries(query).map(([name, text]) => [name, read(name, text)]))
}

function checker<T extends TSchema>(schema: T, where: string): (value: unknown) => Static<T> {
  return (value) => {
    const compiled = compiledOnce(schema)
    if (compiled.Check(value)) return value as Static<T>
    const issues = compiled.Errors(value).flatMap((error): Issue[] => {
      const { keyword, instancePath, params } = error as { keyword: string; instancePath: string; params: Record<string, unknown> }
      if (keyword === 'boolean' || keyword === 'const') return []
      const at = (field: string, message: string): Issue => ({ field, value: short(Value.Pointer.Get(value as object, field)), message })
      if (keyword === 'additionalProperties') return names(params['additionalProperties']).map((name) => at(`${instancePath}/${name}`, '没有这个字段，请去掉'))
      if (keyword === 'required') return names(params['requiredProperties']).map((name) => at(`${instancePath}/${name}`, '必须填写'))
      return [at(instancePath, chinese(keyword, params))]
    })
    throw new Refusal('invalid', `${where}不符合要求：${issues[0]?.field || '/'} ${issues[0]?.message ?? ''}`, issues)
  }
}

const compiledSchemas = new WeakMap<TSchema, Validator>()

/** Compiled with the first request that needs it, once for all that share it: most endpoints rest most of the time, and what is compiled stays in memory. */
function compiledOnce(schema: TSchema): Validator {
  const known = compiledSchemas.get(schema) ?? Compile(schema)
  compiledSchemas.set(schema, known)
  return known
}

function names(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}

function short(value: unknown): unknown {
  const text = JSON.stringify(value) ?? ''
  return text.length > 200 ? `${text.slice(0, 200)}…` : value
}

/** What a JSON Schema keyword asks for, in words a person can act on. */
function chinese(keyword: string, params: Record<string, unknown>): string {
  const limit = params['limit'] ?? params['comparison'] ?? ''
  switch (keyword) {
    case 'type':
      return `类型应为 ${String(params['type'] ?? '')}`
    case 'minLength':
      return `至少 ${limit} 个字`
    case 'maxLength':
      return `最多 ${limit} 个字`
    case 'minimum':
      return `不能小于 ${limit}`
    case 'maximum':
      return `不能大于 ${limit}`
    case 'maxItems':
      return `最多 ${limit} 项`
    case 'minItems':
      return `至少 ${limit} 项`
    case 'pattern':
      return '格式不对'
    case 'anyOf':
    case 'enum':
      return '不是可选的值'
    default:
      return `不符合 ${keyword}`
  }
}

/** Error replies: `{code, message, issues}`; anything that is not a Refusal is logged and told as ours. */
export function errorReply(error: unknown, request: FastifyRequest, response: FastifyReply): FastifyReply {
  if (error instanceof Refusal) return response.status(statusOf[error.code]).send({ code: error.code, message: error.message, issues: error.issues })
  // A NUL in a text, from wherever it came: PostgreSQL holds none.
  if (isPgError(error, '22021') || isPgError(error, '22P05'))
    return response.status(400).send({ code: 'bad-request', message: '内容里有不能保存的字符（空字符），请去掉后再试。', issues: [] })
  const status = (error as { statusCode?: number }).statusCode
  if (status === 413) return response.status(413).send({ code: 'too-large', message: '发送的内容太大。', issues: [] })
  if (status === 415) return response.status(415).send({ code: 'unsupported-type', message: '不支持这种内容类型，请发送 JSON。', issues: [] })
  if (status !== undefined && status >= 400 && status < 500)
    return response.status(400).send({ code: 'bad-request', message: '请求的格式不对，无法读取。', issues: [] })
  log('request failed', {
    id: request.id,
    method: request.method,
    url: request.routeOptions.url,
    error,
  })
  return response.status(500).send({ code: 'error', message: `系统出错，请把编号 ${request.id} 告诉管理员。`, issues: [] })
}
