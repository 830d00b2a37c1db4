'use client'

import { signInAddress } from '../../lib/browser/sign-in.ts'
import { type Connection, isSignedOut } from '../../lib/client/connection.ts'
import { Button } from '../ui/button.tsx'

/** The way back in, where the server no longer takes the browser for one that has signed in. */
export function SignInAgain({ connection }: { connection: Connection }) {
  if (!isSignedOut(connection)) return null
  return (
    <Button asChild>
      <a href={signInAddress(window.location)}>Sign in</a>
    </Button>
  )
}
