import Link from 'next/link'
import type { ReactNode } from 'react'
import { SignOut } from '../access/sign-out.tsx'
import { AlertsBell } from '../alerts/alerts-bell.tsx'
import { Logo } from '../ui/logo.tsx'
import { HeaderFrame } from './header-frame.tsx'
import { HelpButton } from './help-button.tsx'
import { KioskButton } from './kiosk-button.tsx'
import { MoreMenu } from './more-menu.tsx'
import { NavLinks } from './nav-links.tsx'
import { SkipLink } from './skip-link.tsx'
import { ThemeSwitch } from './theme-switch.tsx'

/** Stays in view: whatever the reader scrolls to, the state of the page's stream, given as children, is beside it. */
export function SiteHeader({ children }: { children?: ReactNode }) {
  const state = (
    <>
      {children}
      <AlertsBell />
    </>
  )
  return (
    <HeaderFrame state={state}>
      <SkipLink />
      <header className="sticky top-0 z-20 border-line border-b bg-page/85 backdrop-blur">
        <div className="mx-auto flex h-14 max-w-page items-center gap-1 px-4 sm:gap-3 sm:px-6">
          <Link
            href="/"
            prefetch={false}
            className="flex items-center gap-2.5 rounded-lg"
            aria-label="Tailboard"
          >
            <Logo />
            <span className="font-semibold tracking-tight max-lg:sr-only">Tailboard</span>
          </Link>
          <NavLinks />
          <div className="ml-auto flex min-w-0 items-center gap-1 sm:gap-2">
            {state}
            <div className="flex items-center gap-1 max-md:hidden">
              <ThemeSwitch />
              <KioskButton />
              <HelpButton />
              <SignOut />
            </div>
            <div className="md:hidden">
              <MoreMenu>
                <SignOut />
              </MoreMenu>
            </div>
          </div>
        </div>
      </header>
    </HeaderFrame>
  )
}
