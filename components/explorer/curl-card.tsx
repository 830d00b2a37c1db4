'use client'

import type { StreamQuery } from '../../lib/client/stream-query.ts'
import { toCurlLine } from '../../lib/explorer/curl-line.ts'
import { Card } from '../ui/card.tsx'
import { useInBrowser } from '../ui/use-in-browser.ts'
import { CopyButton } from './copy-button.tsx'

/** The same stream, with the same filters and columns, in a terminal. */
export function CurlCard({ query }: { query: StreamQuery }) {
  // Only the browser knows under which name the server is reached.
  const line = useInBrowser() ? toCurlLine(location.origin, query) : undefined
  return (
    <Card className="px-4 py-3.5 sm:px-5">
      <div className="flex items-center gap-2">
        <h2 className="mr-auto font-semibold text-[0.9375rem]">The same stream in a terminal</h2>
        {line && <CopyButton text={line} />}
      </div>
      <code
        data-testid="curl"
        className="mt-2.5 block min-h-14 whitespace-pre-wrap rounded-lg bg-sunken px-3 py-2 text-xs leading-5 [overflow-wrap:anywhere]"
      >
        {line}
      </code>
    </Card>
  )
}
