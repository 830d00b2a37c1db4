/** A browser opens six connections to a server at most, and the page itself needs some of them. */
export const MAX_STREAMS = 4
