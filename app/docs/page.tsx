import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { ApiPage } from '../../components/docs/api-page.tsx'
import { SiteHeader } from '../../components/shell/site-header.tsx'
import { originOf } from '../../lib/api/origin.ts'

export const metadata: Metadata = { title: 'API · Tailboard' }

export default async function DocsPage() {
  const origin = originOf(await headers())
  return (
    <>
      <SiteHeader />
      <main id="content" className="mx-auto max-w-page px-4 py-5 sm:px-6">
        <ApiPage origin={origin} />
      </main>
    </>
  )
}
