'use client'

import { useEffect } from 'react'
import { SiteHeader } from '../components/shell/site-header.tsx'
import { useReloadInKiosk } from '../components/shell/use-reload-in-kiosk.ts'
import { Button } from '../components/ui/button.tsx'

export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  useEffect(() => {
    console.error(error)
  }, [error])
  const reloads = useReloadInKiosk()
  return (
    <>
      <SiteHeader />
      <main id="content" className="mx-auto max-w-prose px-6 py-24 text-center">
        <h1 className="font-semibold text-xl">Something in this page broke</h1>
        <p className="mt-2 text-muted text-sm">
          The readings are safe: they are in the database and come back with the page.
          {reloads && ' This page loads itself again in a few seconds.'}
        </p>
        <Button size="normal" className="mt-6" onClick={reset}>
          Draw it again
        </Button>
      </main>
    </>
  )
}
