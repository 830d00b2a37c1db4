import { noSuchPath } from '../../../lib/api/no-such-path.ts'

// What is not there is said as everything else is said, and not in a page of HTML.
export const GET = noSuchPath
export const POST = noSuchPath
export const PUT = noSuchPath
export const PATCH = noSuchPath
export const DELETE = noSuchPath
