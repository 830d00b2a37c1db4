import Link from 'next/link'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'

/** A sensor that has never been heard of: perhaps it is a slip of the hand, perhaps it is yet to begin. */
export function SensorNotKnown({ id }: { id: number }) {
  return (
    <Card className="flex min-h-80 flex-col items-center justify-center px-6 py-12 text-center">
      <h2 className="font-semibold text-lg">Nothing is known of sensor {id}</h2>
      <p className="mt-2 max-w-prose text-balance text-muted text-sm">
        It has sent no reading yet. This page begins as soon as one comes; until then, look whether the number
        is right.
      </p>
      <Button asChild size="normal" className="mt-5">
        <Link href="/" prefetch={false}>
          See all sensors
        </Link>
      </Button>
    </Card>
  )
}

/** In place of the charts of a sensor whose last reading is older than the window. */
export function SensorQuiet() {
  return (
    <Card className="flex min-h-60 flex-col items-center justify-center px-6 py-10 text-center">
      <h2 className="font-semibold text-lg">No readings in the last 10 minutes</h2>
      <p className="mt-2 max-w-prose text-balance text-muted text-sm">
        What is above is the last that this sensor said. Its lines begin again with its next reading.
      </p>
    </Card>
  )
}
