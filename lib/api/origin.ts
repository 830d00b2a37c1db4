/** How this reader reaches the server, such as `https://example.org`: the commands that a page shows run as they stand. */
export function originOf(sent: Pick<Headers, 'get'>): string {
  const behind =
    process.env.TRUST_PROXY === 'on' ? sent.get('x-forwarded-host')?.split(',').at(-1)?.trim() : undefined
  const scheme = sent.get('x-forwarded-proto') === 'https' ? 'https' : 'http'
  return `${scheme}://${behind || (sent.get('host') ?? '127.0.0.1:3000')}`
}
