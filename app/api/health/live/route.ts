import { readBuildId } from '../../../../lib/build-id.ts'

/** The process answers, and which build of the app it is: a page that runs for days can tell that it is an old one. */
export function GET(): Response {
  return Response.json({ status: 'live', build: readBuildId() }, { headers: { 'Cache-Control': 'no-store' } })
}
