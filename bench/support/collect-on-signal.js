// Loaded into servers whose memory is measured, so that what they hold can be told from what they dropped.
process.on('SIGUSR2', () => globalThis.gc?.())
