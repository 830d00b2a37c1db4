import { LogOut } from 'lucide-react'
import { Button } from '../ui/button.tsx'

/** The way out, on a server that wants a token. Known to the server alone: no page is built with it. */
export function SignOut() {
  if (!process.env.ACCESS_TOKEN) return null
  return (
    <form method="post" action="/sign-out">
      <Button type="submit" look="quiet" size="icon" aria-label="Sign out" title="Sign out">
        <LogOut aria-hidden="true" />
      </Button>
    </form>
  )
}
