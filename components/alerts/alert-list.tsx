'use client'

import { type Alert, isFiring } from '../../lib/alerts/alert.ts'
import { ageInWords } from '../../lib/readings/age.ts'
import { clockTime } from '../charts/time-axis.ts'
import { Button } from '../ui/button.tsx'
import { getAlerts } from './alerts.ts'

/** What is firing, and the last that have ended, with their start and end. */
export function AlertList({ alerts }: { alerts: readonly Alert[] }) {
  const firing = alerts.filter(isFiring)
  const ended = alerts.filter((alert) => !isFiring(alert))
  return (
    <>
      <section aria-labelledby="alerts-firing" className="mt-5">
        <h3 id="alerts-firing" className="font-semibold text-sm">
          Firing now
        </h3>
        {firing.length === 0 ? (
          <p className="mt-1 text-muted text-sm">Nothing.</p>
        ) : (
          <Table name="alerts-firing" alerts={firing} />
        )}
      </section>
      {ended.length > 0 && (
        <section aria-labelledby="alerts-ended" className="mt-5">
          <div className="flex items-center justify-between gap-4">
            <h3 id="alerts-ended" className="font-semibold text-sm">
              Ended
            </h3>
            <Button look="quiet" onClick={() => void getAlerts().book.clearEnded()}>
              Clear
            </Button>
          </div>
          <Table name="alerts-ended" alerts={ended} />
        </section>
      )}
    </>
  )
}

const dated = new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'medium' })
const DAY_S = 86_400

function when(s: number): string {
  return Date.now() / 1000 - s < DAY_S ? clockTime(s) : dated.format(s * 1000)
}

function Table({ name, alerts }: { name: string; alerts: readonly Alert[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <section aria-labelledby={name} tabIndex={0} className="mt-1 max-h-60 overflow-y-auto rounded-md">
      <table aria-labelledby={name} className="w-full text-left text-sm tabular-nums">
        <thead className="text-muted text-xs">
          <tr>
            {['Sensor', 'Rule', 'From', 'Until'].map((column) => (
              <th key={column} scope="col" className="py-1 pr-3 font-normal last:pr-0">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {alerts.map((alert) => (
            <tr
              key={`${alert.ruleId} ${alert.sensorId} ${alert.fromS}`}
              data-alert={isFiring(alert) ? 'firing' : 'ended'}
            >
              <th scope="row" className="py-1.5 pr-3 font-medium">
                {alert.sensorId}
              </th>
              <td className="py-1.5 pr-3">{alert.words}</td>
              <td className="py-1.5 pr-3 whitespace-nowrap">{when(alert.fromS)}</td>
              <td className="py-1.5 whitespace-nowrap">
                {alert.toS === undefined ? (
                  <span className="font-medium text-trouble">firing</span>
                ) : (
                  <>
                    {when(alert.toS)}{' '}
                    <span className="text-muted max-sm:hidden">({ageInWords(alert.toS - alert.fromS)})</span>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
