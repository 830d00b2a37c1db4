import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextPath } from './next-path.js'

const OWN = 'http://dashboard.example:3000'

/** What an attacker would write: pieces that browsers read in ways of their own. */
const piece = fc.oneof(
  fc.constantFrom('/', '\\', '//', '.', '..', '%2f', '%5c', ':', '@', '?', '#', '\t', '\n', '\r', ' ', '\0'),
  fc.constantFrom(
    'http:',
    'https:',
    'javascript:alert(1)',
    'data:',
    'evil.example',
    '/sign-in',
    '/api',
    '․',
    '／',
    '＼',
  ),
  fc.string({ unit: 'binary', maxLength: 5 }),
)
const hostile = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''))

describe('nextPath', () => {
  it('never leads away from this server, whatever is asked for', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          hostile,
          hostile.map((text) => `/${text}`),
        ),
        (text) => {
          const path = nextPath(text)
          expect(path.startsWith('/')).toBe(true)
          expect(new URL(path, OWN).origin).toBe(OWN)
          // Nor does what it leads to, once it is resolved again.
          expect(new URL(new URL(path, OWN).pathname, OWN).origin).toBe(OWN)
          expect(path).toMatch(/^\/[\x21-\x7e]*$/)
          expect(path.split(/[?#]/)[0]).not.toContain('\\')
        },
      ),
      { numRuns: 20_000 },
    )
  })

  it.each(['/', '/sensors/1', '/relations/sensors_view?where=id.eq.1&theme=dark', '/?at=5#chart'])(
    'leads back to %s',
    (path) => {
      expect(nextPath(path)).toBe(path)
    },
  )

  it.each([
    '//evil.example',
    '/\\evil.example',
    '/.//evil.example',
    '/%2e//evil.example',
    '/\t/evil.example',
    'https://evil.example',
    'evil.example',
    '/sign-in?next=/sign-in',
    '/sign-out',
    '/api/stream',
    '',
    undefined,
    null,
    `/${'x'.repeat(3_000)}`,
  ])('leads from %j to the dashboard', (text) => {
    expect(nextPath(text)).toBe('/')
  })
})
