// Endpoints of Open311: forms in, JSON or XML out, errors as GeoReport v2 says them. They stand in a context of their own, so that no other endpoint reads forms.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal, statusOf } from '#base/errors.ts'
import { linkToken } from '#modules/access/index.ts'
import { errorReply, preparedRoute, type Route, route } from '#server/kit/route.ts'
import * as contract from './open311.contract.ts'
import { xmlOf } from './open311.rules.ts'
import { actorOfKey, definitionOf, enterRequest, keyPurpose, listRequests, listServices, oneRequest } from './open311.service.ts'

/** The value as it is for JSON, as a document for XML. */
function said<T>({ params, reply }: { params: { format: 'json' | 'xml' }; reply: FastifyReply }, root: string, value: T): T | string {
  if (params.format === 'json') return value
  reply.type('text/xml; charset=utf-8')
  return xmlOf(root, value)
}

const spoken: Route[] = [
  route(contract.services, async (call) => said(call, 'services', listServices(call.tenant))),
  route(contract.service, async (call) => said(call, 'service_definition', definitionOf(call.tenant, call.params.code))),
  route(contract.requests, async (call) => said(call, 'service_requests', await listRequests(call.tx, call.query))),
  route(contract.request, async (call) => said(call, 'service_requests', await oneRequest(call.tx, call.params.id))),
  route(contract.token, async (call) => {
    const [found] = await oneRequest(call.tx, call.params.id)
    const id = found?.service_request_id ?? ''
    return said(call, 'service_requests', [{ service_request_id: id, token: id }])
  }),
  preparedRoute(contract.postRequest, actorOfKey, async (call) =>
    said(call, 'service_requests', await enterRequest({ tx: call.tx, actor: call.prepared, secrets: call.secrets }, call.body)),
  ),
]

/** Errors of GeoReport v2: a list with code and description, 400 for what we call invalid. */
function errorSaid(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!(error instanceof Refusal)) return errorReply(error, request, reply)
  const code = error.code === 'invalid' ? 400 : statusOf[error.code]
  const errors = [{ code, description: error.message }]
  const isXml = (request.params as { format?: string } | undefined)?.format === 'xml'
  return isXml ? reply.status(code).type('text/xml; charset=utf-8').send(xmlOf('errors', errors)) : reply.status(code).send(errors)
}

export const open311Routes: Route[] = [
  (app, host) => {
    app.register(async (own) => {
      own.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
        done(null, Object.fromEntries(new URLSearchParams(body as string))),
      )
      own.setErrorHandler((error, request, reply) => errorSaid(error, request, reply))
      for (const one of spoken) one(own, host)
    })
  },
  preparedRoute(
    contract.open311Key,
    (call) => linkToken(call, keyPurpose, call.actor.accountId),
    async ({ prepared }) => ({ key: prepared }),
  ),
]
