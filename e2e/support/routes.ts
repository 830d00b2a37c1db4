import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const APP = fileURLToPath(new URL('../../app', import.meta.url))

/** A path of the app, as its folders name it, with something in the place of each parameter. */
export interface Route {
  readonly path: string
  readonly kind: 'page' | 'route'
  /** What the route's file answers to. */
  readonly methods: readonly string[]
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const EXAMPLES: Readonly<Record<string, string>> = {
  '[id]': '1',
  '[name]': 'sensors_view',
  '[...path]': 'no/such',
}

/** Every page and every route there is: found by looking, so that a new one cannot be forgotten. */
export function allRoutes(): Route[] {
  return readdirSync(APP, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)(page|route)\.tsx?$/.test(file))
    .map((file) => {
      const isPage = /page\.tsx?$/.test(file)
      const segments = file
        .split('/')
        .slice(0, -1)
        .filter((segment) => !segment.startsWith('('))
      return {
        path: `/${segments.map((segment) => exampleOf(segment)).join('/')}`,
        kind: isPage ? 'page' : 'route',
        methods: isPage ? ['GET'] : methodsOf(`${APP}/${file}`),
      }
    })
}

function exampleOf(segment: string): string {
  if (!segment.startsWith('[')) return segment
  const example = EXAMPLES[segment]
  if (example === undefined) throw new Error(`Give an example of ${segment} in e2e/support/routes.ts`)
  return example
}

function methodsOf(file: string): string[] {
  const source = readFileSync(file, 'utf8')
  const found = METHODS.filter((method) =>
    new RegExp(`export (async )?(function|const) ${method}\\b|export \\{[^}]*\\b${method}\\b`).test(source),
  )
  if (found.length === 0) throw new Error(`${file} answers to nothing that this test can see`)
  return found
}
