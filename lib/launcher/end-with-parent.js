// Preloaded into processes that do not know us, and into those that they fork: each ends when its parent is gone,
// however it went. The channel between them closes with the parent, so nothing has to be asked again and again.
if (process.channel) process.once('disconnect', () => process.exit(1))
