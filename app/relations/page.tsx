import type { Metadata } from 'next'
import { RelationList } from '../../components/explorer/relation-list.tsx'
import { SiteHeader } from '../../components/shell/site-header.tsx'

export const metadata: Metadata = { title: 'Relations · Tailboard' }

export default function RelationsPage() {
  return (
    <>
      <SiteHeader />
      <main id="content" className="mx-auto max-w-page px-4 py-5 sm:px-6">
        <RelationList />
      </main>
    </>
  )
}
