'use client'

import { ThemeProvider, useTheme } from 'next-themes'
import { useQueryState } from 'nuqs'
import type { ReactNode } from 'react'
import { keepStyleNonce } from '../ui/style-nonce.ts'
import { THEMES, viewParams } from '../view/view-params.ts'

type ThemeName = (typeof THEMES)[number]

interface ThemeProps {
  /** Lets its script, which runs before the first paint, pass the page's policy. */
  readonly nonce: string | undefined
  readonly children: ReactNode
}

/** Light, dark, or as the system is; an address that names one is shown in it. */
export function Theme({ nonce, children }: ThemeProps) {
  if (nonce !== undefined) keepStyleNonce(nonce)
  const [theme] = useQueryState('theme', viewParams.theme)
  const forced = theme === 'light' || theme === 'dark' ? theme : undefined
  return (
    <ThemeProvider
      nonce={nonce}
      attribute="data-theme"
      defaultTheme="system"
      forcedTheme={forced}
      disableTransitionOnChange
    >
      {children}
    </ThemeProvider>
  )
}

/** What the reader has chosen, and the way to choose; known only in the browser. */
export function useThemeChoice(): { choice: ThemeName; choose: (theme: ThemeName) => void } {
  const { theme, setTheme } = useTheme()
  return { choice: THEMES.find((known) => known === theme) ?? 'system', choose: setTheme }
}
