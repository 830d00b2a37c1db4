import { describe, expect, it } from 'vitest'
import { readEnv } from '../env.ts'
import { openDoorWarnings } from './open-door.ts'

const warnings = (env: Record<string, string>) => openDoorWarnings(readEnv(env))

describe('openDoorWarnings', () => {
  it.each(['0.0.0.0', '::', '192.168.1.5', 'dashboard.example', 'localhost.example', '127.0.0.1.example'])(
    'names both remedies where anybody reaches %s',
    (HOST) => {
      const [warning] = warnings({ HOST })
      expect(warning).toContain(`HOST=${HOST}`)
      expect(warning).toContain('Set ACCESS_TOKEN')
      expect(warning).toContain('unset HOST')
      expect(warnings({ HOST, ACCESS_TOKEN: 'x'.repeat(16) })).toEqual([])
    },
  )

  it.each(['127.0.0.1', 'localhost', '::1', '127.1.2.3'])('says nothing of %s', (HOST) => {
    expect(warnings({ HOST })).toEqual([])
  })

  it('tells of a token that can be guessed, without telling it', () => {
    const [warning] = warnings({ ACCESS_TOKEN: 'hunter2' })
    expect(warning).toContain('could be guessed')
    expect(warning).not.toContain('hunter2')
  })
})
