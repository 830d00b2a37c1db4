import { describe, expect, it } from 'vitest'
import { demoRelations } from './demo.ts'

const statements = (word: 'TAIL' | 'SUBSCRIBE') =>
  Object.fromEntries(demoRelations(word).map(({ name, create }) => [name, create]))

describe('demoRelations', () => {
  it('are those of the contract, each after what it reads from', () => {
    expect(demoRelations('TAIL').map(({ name }) => name)).toEqual([
      'sensors',
      'sensors_data',
      'sensors_view',
      'sensors_view_1s',
      'sensors_latest',
      'air_quality_1s',
      'air_quality_summary',
      'host_metrics',
    ])
  })

  it('differ between the eras in the temporal filter alone', () => {
    const [tail, subscribe] = [statements('TAIL'), statements('SUBSCRIBE')]
    const different = Object.keys(tail).filter((name) => tail[name] !== subscribe[name])
    expect(different).toEqual(['sensors_view', 'sensors_view_1s'])
    expect(tail.sensors_view_1s).toContain(
      'WHERE mz_logical_timestamp() < ("timestamp" * 1000 + 6000)::numeric',
    )
    expect(subscribe.sensors_view_1s).toContain(
      `WHERE mz_now() < to_timestamp("timestamp") + INTERVAL '6 seconds'`,
    )
    expect(tail.sensors_view).toContain('600000')
    expect(subscribe.sensors_view).toContain("'600 seconds'")
  })

  it('put every concentration into exactly one category', () => {
    const summary = statements('TAIL').air_quality_summary ?? ''
    const cases = [...summary.matchAll(/CASE WHEN (.*?) THEN 1 ELSE 0 END\), 0\)::int AS (\w+)/g)]
    const categoriesOf = (pm25: number) =>
      cases
        .filter(([, condition = '']) =>
          condition.split(' AND ').every((bound) => {
            const [, operator, value] = bound.split(' ')
            return operator === '>' ? pm25 > Number(value) : pm25 <= Number(value)
          }),
        )
        .map(([, , name]) => name)
    expect(categoriesOf(0)).toEqual(['good'])
    expect(categoriesOf(9.0)).toEqual(['good'])
    expect(categoriesOf(9.1)).toEqual(['moderate'])
    expect(categoriesOf(35.4)).toEqual(['moderate'])
    expect(categoriesOf(55.4)).toEqual(['unhealthy_for_sensitive_groups'])
    expect(categoriesOf(125.4)).toEqual(['unhealthy'])
    expect(categoriesOf(225.4)).toEqual(['very_unhealthy'])
    expect(categoriesOf(225.5)).toEqual(['hazardous'])
    expect(categoriesOf(1000)).toEqual(['hazardous'])
  })
})
