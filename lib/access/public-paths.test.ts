import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPublicPath } from './public-paths.js'

const PUBLIC = ['/api/health/live', '/api/health/ready', '/sign-in', '/icon.svg', '/_next/static/chunks/a.js']

/** What somebody would write who looks for a way round: pieces that servers read in ways of their own. */
const piece = fc.constantFrom(
  ...PUBLIC,
  '/_next/static/',
  '/api/relations',
  '/',
  '//',
  '\\',
  '.',
  '..',
  '/..',
  '/../',
  '%2e',
  '%2f',
  '%5c',
  '%5B',
  '%40',
  '%25',
  '%00',
  ';',
  '#',
  '~',
  'a',
)

/** Everything that a server may make of a path: dots resolved, once before and once after it is decoded. */
function readings(path: string): string[] {
  const resolved = new URL(path, 'http://own.invalid').pathname
  const decoded = decodeURIComponent(resolved)
  return [resolved, decoded, new URL(encodeURI(decoded), 'http://own.invalid').pathname]
}

describe('isPublicPath', () => {
  it('lets nothing pass that could be read as a path which is not public', () => {
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), (pieces) => {
        const path = pieces.join('')
        fc.pre(isPublicPath(path))
        for (const reading of readings(path))
          expect(PUBLIC.includes(reading) || reading.startsWith('/_next/static/'), reading).toBe(true)
      }),
      { numRuns: 2_000, maxSkipsPerRun: 1_000 },
    )
  })

  it.each(PUBLIC)('lets %s pass', (path) => {
    expect(isPublicPath(path)).toBe(true)
  })
})
