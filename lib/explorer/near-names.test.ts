import { expect, test } from 'vitest'
import { nearNames } from './near-names.ts'

const NAMES = ['sensors', 'sensors_view', 'host_metrics', 'sales.orders']

test('names that somebody may have meant are found', () => {
  expect(nearNames('sensor', NAMES)).toContain('sensors')
  expect(nearNames('Host_Metrics', NAMES)).toEqual(['host_metrics'])
  expect(nearNames('orders', NAMES)).toEqual(['sales.orders'])
  expect(nearNames('sensors_veiw', NAMES)).toEqual(['sensors_view'])
  expect(nearNames('public.sensors', NAMES)).toEqual(['sensors'])
})

test('others are not', () => {
  expect(nearNames('xyz', NAMES)).toEqual([])
  expect(nearNames('', NAMES)).toEqual([])
})
