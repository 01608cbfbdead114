// Open311 GeoReport v2: services, their definitions, requests without persons or words, and requests entered with a key. JSON and XML.
import { Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, orNull } from '#base/schemas.ts'

const format = Type.Union([Type.Literal('json'), Type.Literal('xml')])
const Text = Type.String()
const Xml = Type.String({ contentMediaType: 'application/xml' })
const Word = Type.Optional(Type.String({ maxLength: 200 }))
/** The one jurisdiction of this endpoint: the parameter is taken and changes nothing. */
const Jurisdiction = { jurisdiction_id: Word }
/** XML, or what the schema says. */
const either = <T extends ReturnType<typeof Type.Object>>(item: T) => Type.Union([Xml, Type.Array(item)])

const Service = Type.Object({
  ...{ service_code: Text, service_name: Text, description: Text, metadata: Type.Boolean() },
  ...{ type: Type.Literal('realtime'), keywords: Text, group: Text },
})
const Attribute = Type.Object({
  ...{ variable: Type.Boolean(), code: Text, datatype: Text, required: Type.Boolean(), datatype_description: Text, order: Type.Integer(), description: Text },
  values: Type.Array(Type.Object({ key: Text, name: Text })),
})
/** What is public of a ticket: neither who asked nor what was said, the place to the county alone. */
const ServiceRequest = Type.Object({
  ...{ service_request_id: Text, status: Type.Union([Type.Literal('open'), Type.Literal('closed')]), status_notes: Text },
  ...{ service_name: Text, service_code: Text, description: orNull(Text), agency_responsible: orNull(Text), service_notice: orNull(Text) },
  ...{ requested_datetime: Text, updated_datetime: Text, expected_datetime: Text },
  ...{ address: orNull(Text), address_id: orNull(Text), zipcode: orNull(Text), lat: Type.Null(), long: Type.Null(), media_url: Type.Null() },
})

const open311 = { access: 'public', reach: 'tenant' } as const

export const services = endpoint({
  ...{ id: 'hotline.open311-services', method: 'GET', path: '/open311/v2/services.:format', ...open311 },
  summary: 'Open311: what can be asked for',
  params: Type.Object({ format }, closed),
  query: Type.Object(Jurisdiction),
  reply: either(Service),
})
export const service = endpoint({
  ...{ id: 'hotline.open311-service', method: 'GET', path: '/open311/v2/services/:code.:format', ...open311 },
  summary: 'Open311: what else a service asks',
  params: Type.Object({ code: Type.String({ maxLength: 40 }), format }, closed),
  query: Type.Object(Jurisdiction),
  reply: Type.Union([Xml, Type.Object({ service_code: Text, attributes: Type.Array(Attribute) })]),
})
export const requests = endpoint({
  ...{ id: 'hotline.open311-requests', method: 'GET', path: '/open311/v2/requests.:format', ...open311 },
  summary: 'Open311: requests of at most 90 days, newest first; withheld ones are left out, nobody and nothing said is in them',
  params: Type.Object({ format }, closed),
  query: Type.Object({
    ...Jurisdiction,
    service_request_id: Type.Optional(Type.String({ maxLength: 1000 })),
    service_code: Type.Optional(Type.String({ maxLength: 1000 })),
    ...{ status: Word, start_date: Word, end_date: Word },
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
    page_size: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  }),
  reply: either(ServiceRequest),
})
export const request = endpoint({
  ...{ id: 'hotline.open311-request', method: 'GET', path: '/open311/v2/requests/:id.:format', ...open311 },
  summary: 'Open311: one request',
  params: Type.Object({ id: Type.String({ maxLength: 40 }), format }, closed),
  query: Type.Object(Jurisdiction),
  reply: either(ServiceRequest),
})
export const token = endpoint({
  ...{ id: 'hotline.open311-token', method: 'GET', path: '/open311/v2/tokens/:id.:format', ...open311 },
  summary: 'Open311: the request of a token; ours are numbered at once, the token is the number',
  params: Type.Object({ id: Type.String({ maxLength: 40 }), format }, closed),
  query: Type.Object(Jurisdiction),
  reply: either(Type.Object({ service_request_id: Text, token: Text })),
})
export const postRequest = endpoint({
  ...{ id: 'hotline.open311-post', method: 'POST', path: '/open311/v2/requests.:format', ...open311 },
  summary: 'Open311: enters a request for the account of the key, whose post must take tickets; the notice holds the code by which it is followed',
  params: Type.Object({ format }, closed),
  body: Type.Object({
    ...{ api_key: Type.Optional(Type.String({ maxLength: 200 })), ...Jurisdiction, service_code: Type.String({ maxLength: 40 }) },
    description: Type.String({ minLength: 2, maxLength: 4000 }),
    ...{ address_string: Type.Optional(Type.String({ maxLength: 120 })), address_id: Word, lat: Word, long: Word },
    ...{ first_name: Word, last_name: Word, phone: Word, email: Word, device_id: Word, account_id: Word, media_url: Word, 'attribute[county]': Word },
  }),
  reply: either(Type.Object({ service_request_id: Text, service_notice: Text, account_id: Type.Null() })),
})
export const open311Key = endpoint({
  id: 'hotline.open311-key',
  method: 'GET',
  path: '/api/hotline/open311-key',
  summary: 'The key by which a program enters requests over Open311 for the reader’s account; it ends with the password under which it was made',
  needs: 'hotline.take',
  reply: Type.Object({ key: Type.String() }),
})
