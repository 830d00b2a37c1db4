import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { ConnectionBadge } from '../../../components/live/connection-badge.tsx'
import { LiveProvider } from '../../../components/live/live-provider.tsx'
import { SensorDetails } from '../../../components/sensor/sensor-details.tsx'
import { SiteHeader } from '../../../components/shell/site-header.tsx'

interface SensorPageProps {
  readonly params: Promise<{ id: string }>
}

/** The largest number that the column `id` can hold. */
const MAX_ID = 2 ** 31 - 1

/** The sensor that an address names; undefined where it names none. */
function toId(text: string): number | undefined {
  const id = /^(0|-?[1-9]\d{0,9})$/.test(text) ? Number(text) : Number.NaN
  return Math.abs(id) <= MAX_ID ? id : undefined
}

export async function generateMetadata({ params }: SensorPageProps): Promise<Metadata> {
  const id = toId((await params).id)
  return { title: id === undefined ? 'Tailboard' : `Sensor ${id} · Tailboard` }
}

export default async function SensorPage({ params }: SensorPageProps) {
  const id = toId((await params).id)
  if (id === undefined) notFound()
  return (
    // Another sensor is another stream.
    <LiveProvider key={id} sensorId={id}>
      <SiteHeader>
        <ConnectionBadge />
      </SiteHeader>
      <main
        id="content"
        className="mx-auto grid max-w-page grid-cols-[minmax(0,1fr)] gap-4 px-4 py-5 sm:px-6 lg:gap-5"
      >
        <nav aria-label="Breadcrumb" className="-mb-2 text-muted text-xs">
          <ol className="flex items-center gap-2">
            <li>
              <Link
                href="/"
                prefetch={false}
                className="inline-flex min-h-6 items-center underline decoration-line-strong/50 underline-offset-4 hover:text-ink"
              >
                Overview
              </Link>
            </li>
            <li aria-hidden="true">/</li>
            <li aria-current="page">Sensor {id}</li>
          </ol>
        </nav>
        <SensorDetails id={id} />
      </main>
    </LiveProvider>
  )
}
