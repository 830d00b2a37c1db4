'use client'

import { useEffect } from 'react'
import { SiteHeader } from '../components/shell/site-header.tsx'

export default function DashboardError({ error, reset }: { error: Error; reset: () => void }) {
  useEffect(() => {
    console.error(error)
  }, [error])
  return (
    <>
      <SiteHeader />
      <main className="mx-auto max-w-prose px-6 py-24 text-center">
        <h1 className="font-semibold text-xl">Something in this page broke</h1>
        <p className="mt-2 text-muted text-sm">
          The readings are safe: they are in the database and come back with the page.
        </p>
        <button
          type="button"
          onClick={reset}
          className="mt-6 rounded-lg border border-line bg-surface px-4 py-2 font-medium text-sm hover:bg-sunken"
        >
          Draw it again
        </button>
      </main>
    </>
  )
}
