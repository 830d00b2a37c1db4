'use client'

import { useEffect } from 'react'
import { useReloadOnceServed } from '../components/shell/use-reload-once-served.ts'
import { Logo } from '../components/ui/logo.tsx'
import { useInBrowser } from '../components/ui/use-in-browser.ts'
import { isKioskAsked, themeAsked } from '../lib/browser/asked-view.ts'
import './globals.css'

/**
 * Shown where what is around every page has broken, and in its place: it needs no theme, no address parser and no
 * stream, and follows the reader's theme by itself.
 */
export default function GlobalError({ error }: { error: unknown }) {
  useEffect(() => {
    console.error(error)
  }, [error])
  const isThere = useInBrowser()
  const isKiosk = isThere && isKioskAsked()
  useReloadOnceServed(isKiosk)
  const digest = digestOf(error)
  return (
    <html lang="en" data-theme={isThere ? themeAsked() : undefined} suppressHydrationWarning>
      <body>
        <title>Tailboard could not be drawn</title>
        <main className="mx-auto flex max-w-prose flex-col items-center px-6 py-24 text-center">
          <Logo />
          <h1 className="mt-4 font-semibold text-xl">This page could not be drawn</h1>
          <p className="mt-2 text-muted text-sm">
            Your readings are safe: they are in the database and come back with the page.
            {isKiosk && ' It loads itself again in a few seconds.'}
          </p>
          <p className="mt-6 flex flex-wrap items-center justify-center gap-3 text-sm">
            <button
              type="button"
              onClick={() => location.reload()}
              className="h-9 cursor-pointer rounded-lg bg-accent px-3.5 font-medium text-on-accent hover:brightness-110"
            >
              Load it again
            </button>
            {/* A link of the app would draw in what has broken: this one begins anew. */}
            <a
              href="/"
              className="inline-flex h-9 items-center rounded-lg border border-line bg-surface px-3.5 font-medium text-ink hover:bg-sunken"
            >
              Go to the overview
            </a>
          </p>
          <p className="mt-6 text-muted text-xs">
            If it stays like this, tell whoever runs this server
            {digest && (
              <>
                ; its log has this error as <code className="text-ink">{digest}</code>
              </>
            )}
            .
          </p>
        </main>
      </body>
    </html>
  )
}

/** By which the server's log names an error of the server. */
function digestOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('digest' in error)) return undefined
  return typeof error.digest === 'string' ? error.digest : undefined
}
