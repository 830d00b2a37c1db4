import { expect, test } from 'vitest'
import { isIgnored, parseDockerfile } from './dockerfile.ts'

test('a Dockerfile is read stage by stage, and nothing in it is passed over', () => {
  expect(parseDockerfile('# why\nFROM a AS b\nRUN x && y\n\nFROM c\nCMD ["d"]\n')).toEqual([
    { name: 'b', image: 'a', steps: [{ instruction: 'RUN', text: 'x && y' }] },
    { name: undefined, image: 'c', steps: [{ instruction: 'CMD', text: '["d"]' }] },
  ])
  expect(() => parseDockerfile('FROM a\n  continued\n')).toThrow('continued')
  expect(() => parseDockerfile('RUN a\n')).toThrow('before the first FROM')
})

test.each([
  ['app', false],
  ['app/page.tsx', false],
  ['app/deep/page.test.tsx', true],
  ['page.test.ts', true],
  ['.env', true],
  ['.git/config', true],
  ['apple', true],
] as const)('of an ignore file the last line that fits decides: %s', (path, isOut) => {
  expect(isIgnored('# why\n*\n!app\n**/*.test.ts\n**/*.test.tsx\n', path)).toBe(isOut)
})
