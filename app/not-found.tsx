import Link from 'next/link'
import { SiteHeader } from '../components/shell/site-header.tsx'

export default function NotFound() {
  return (
    <>
      <SiteHeader />
      <main id="content" className="mx-auto max-w-prose px-6 py-24 text-center">
        <h1 className="font-semibold text-xl">There is no such page</h1>
        <p className="mt-2 text-muted text-sm">
          <Link href="/" className="underline underline-offset-4 hover:text-ink">
            Go to the dashboard
          </Link>
        </p>
      </main>
    </>
  )
}
