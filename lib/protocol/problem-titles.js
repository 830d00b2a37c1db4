// @ts-check
// Plain JavaScript, as the gate in front of Next reads it too, where nothing compiles it (lib/access/preload.js).

/**
 * The `title` of a problem by its status. 408, 414, 421 and 431 are said before a route is asked.
 *
 * @satisfies {Record<number, string>}
 */
export const PROBLEM_TITLES = /** @type {const} */ ({
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'No such method',
  408: 'Too slow',
  413: 'Too large',
  414: 'Address too long',
  415: 'Not this type',
  421: 'Misdirected request',
  422: 'Not as described',
  429: 'Too many requests',
  431: 'Headers too large',
  500: 'A fault of the server',
  503: 'Not available',
})

/** @typedef {keyof typeof PROBLEM_TITLES} ProblemStatus */
