import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { type ReactNode, Suspense } from 'react'
import { AlertsVoice } from '../components/alerts/alerts-voice.tsx'
import { Kiosk } from '../components/shell/kiosk.tsx'
import { Theme } from '../components/shell/theme.tsx'
import './globals.css'

export const metadata: Metadata = {
  title: 'Tailboard',
  description: 'Live readings from Materialize, as they come.',
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f8f9fb' },
    { media: '(prefers-color-scheme: dark)', color: '#0e1116' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Each answer has a nonce of its own, so no page is made before it is asked for.
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    // The theme is set by a script before the first paint, so what the server wrote differs from it.
    <html lang="en" suppressHydrationWarning>
      <body>
        <NuqsAdapter>
          <Suspense>
            <Theme nonce={nonce}>
              <Kiosk>{children}</Kiosk>
              <AlertsVoice />
            </Theme>
          </Suspense>
        </NuqsAdapter>
      </body>
    </html>
  )
}
