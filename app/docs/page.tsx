import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { ApiPage } from '../../components/docs/api-page.tsx'
import { SiteHeader } from '../../components/shell/site-header.tsx'

export const metadata: Metadata = { title: 'API · Tailboard' }

export default async function DocsPage() {
  const sent = await headers()
  // As this reader reaches the server, so that examples run as they stand.
  const scheme = sent.get('x-forwarded-proto') === 'https' ? 'https' : 'http'
  const origin = `${scheme}://${sent.get('host') ?? '127.0.0.1:3000'}`
  return (
    <>
      <SiteHeader />
      <main id="content" className="mx-auto max-w-[112rem] px-4 py-5 sm:px-6">
        <ApiPage origin={origin} />
      </main>
    </>
  )
}
