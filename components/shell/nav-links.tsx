'use client'

import { Braces, ChartLine, Table2 } from 'lucide-react'
import Link from 'next/link'
import { usePathname, useRouter } from 'next/navigation'
import { useShortcut } from './use-shortcut.ts'

const PAGES = [
  { href: '/', name: 'Overview', Icon: ChartLine, isHere: (path: string) => path === '/' },
  {
    href: '/relations',
    name: 'Relations',
    Icon: Table2,
    isHere: (path: string) => path.startsWith('/relations'),
  },
  { href: '/docs', name: 'API', Icon: Braces, isHere: (path: string) => path === '/docs' },
] as const

/** The ways to the parts of the site; on a phone as icons. */
export function NavLinks() {
  const path = usePathname()
  const router = useRouter()
  useShortcut('overview', () => router.push('/'))
  useShortcut('relations', () => router.push('/relations'))
  return (
    <nav aria-label="Pages">
      <ul className="flex items-center">
        {PAGES.map(({ href, name, Icon, isHere }) => (
          <li key={href}>
            <Link
              href={href}
              prefetch={false}
              aria-current={isHere(path) ? 'page' : undefined}
              className="flex h-8 items-center gap-1.5 rounded-lg px-2 text-muted text-sm hover:bg-sunken hover:text-ink aria-[current=page]:font-medium aria-[current=page]:text-ink sm:px-2.5"
            >
              <Icon aria-hidden="true" className="size-4 sm:hidden" />
              <span className="max-sm:sr-only">{name}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
