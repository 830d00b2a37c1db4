import { createHash } from 'node:crypto'
import type { z } from 'zod'
import packageJson from '../../package.json' with { type: 'json' }
import { problemSchema } from '../protocol/problem.ts'
import { componentSchemas, type JsonSchema, parameterSchema, schemaRef } from './components.ts'
import { type Content, OPERATIONS, type Operation } from './operations.ts'

export interface ParameterObject {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly description?: string
  readonly schema: JsonSchema
}

export interface ResponseObject {
  readonly description: string
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly schema: JsonSchema }>>
  readonly content: Content
}

export interface OperationObject {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description?: string
  readonly parameters: readonly ParameterObject[]
  readonly requestBody?: { readonly required: true; readonly content: Content }
  readonly responses: Readonly<Record<string, ResponseObject>>
  readonly security: readonly object[]
}

/** As much of OpenAPI 3.2 as our document has. */
export interface OpenApiDocument {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>
    readonly securitySchemes: Readonly<Record<string, JsonSchema>>
  }
}

const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'A parameter is wrong, or a body does not parse: `errors` names each.',
  401: 'A token is wanted, and there is none or a wrong one.',
  403: 'The relation may not be read here.',
  404: 'There is no such relation.',
  413: 'Too large: a relation of more than 1,000,000 rows, or a body of more than 4 MiB.',
  415: 'The body is not `application/json`.',
  422: 'The body breaks the schema, or the key was used with another: `errors` names index and field.',
  429: 'Too many requests. `Retry-After` says when to come back.',
  500: 'A fault of the server.',
  503: 'The database does not answer, or too many are served. `Retry-After` says when to come back.',
}

const TAGS: Readonly<Record<string, string>> = {
  Stream: 'Rows as they come.',
  Relations: 'What there is to read, and its rows as of now.',
  Sensors: 'The readings of the demo.',
  Server: 'What this is, and how it does.',
}

const FILTERS: ParameterObject = {
  name: 'filters',
  in: 'query',
  required: false,
  description:
    'Conditions on columns, all of which hold: `COLUMN=OPERATOR.VALUE` such as `pm25=gte.35.5` or `id=in.(1,2)`. Operators are eq, neq, gt, gte, lt, lte, in and is, each also with `not.` before it.',
  schema: { type: 'object', additionalProperties: { type: 'string' } },
}

function parametersOf(where: 'path' | 'query', schema: z.ZodObject | undefined): ParameterObject[] {
  return Object.entries(schema?.shape ?? {}).map(([name, one]) => {
    const { description, ...rest } = parameterSchema(one as z.ZodType)
    const told = typeof description === 'string' ? { description } : {}
    return { name, in: where, required: where === 'path', ...told, schema: rest }
  })
}

function toOperationObject(operation: Operation): OperationObject {
  const { id, tag, summary, description, headers = {}, body, success } = operation
  const headerParameters = Object.entries(headers).map(([name, { schema, description: told }]) => {
    const parameter = { name, in: 'header' as const, required: false }
    return { ...parameter, description: told, schema: parameterSchema(schema) }
  })
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    parameters: [
      ...parametersOf('path', operation.pathParameters),
      ...parametersOf('query', operation.query),
      ...(operation.takesFilters ? [FILTERS] : []),
      ...headerParameters,
    ],
    ...(body && { requestBody: { required: true, content: body } }),
    responses: { [success.status]: toResponseObject(success), ...problemsOf(operation) },
    security: operation.isPublic ? [] : [{}, { bearer: [] }],
  }
}

function toResponseObject({ description, headers, content }: Operation['success']): ResponseObject {
  const told = Object.entries(headers ?? {}).map(([name, text]) => {
    return [name, { description: text, schema: { type: 'string' } }] as const
  })
  return { description, ...(headers && { headers: Object.fromEntries(told) }), content }
}

function problemsOf({ problems, isPublic }: Operation): Record<string, ResponseObject> {
  // Probes are answered whatever they ask with.
  const statuses = [...(isPublic ? [] : [400, 401, 429]), ...problems, 500]
  const content = { 'application/problem+json': { schema: schemaRef(problemSchema) } }
  return Object.fromEntries(
    statuses
      .sort((a, b) => a - b)
      .map((status) => [status, { description: PROBLEMS[status] ?? '', content }]),
  )
}

function createDocument(): OpenApiDocument {
  const paths: Record<string, Record<string, OperationObject>> = {}
  for (const operation of OPERATIONS) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: toOperationObject(operation) }
  }
  return {
    openapi: '3.2.0',
    info: {
      title: 'Tailboard',
      version: packageJson.version,
      description:
        'Rows of a Materialize database, as they come. Errors are `application/problem+json` (RFC 9457). A parameter that is neither named here nor a column is refused with 400.',
    },
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description:
            'The ACCESS_TOKEN, where the server has one. Browsers sign in and are given a cookie instead.',
        },
      },
    },
  }
}

let made: { readonly document: OpenApiDocument; readonly text: string; readonly etag: string } | undefined

/** The description of this API, made once of the schemas that requests are read by. */
export function openApi() {
  if (made) return made
  const document = createDocument()
  const text = JSON.stringify(document)
  made = { document, text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` }
  return made
}
