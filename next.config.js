/** @type {import('next').NextConfig} */
export default {
  // Compression would hold small events back.
  compress: false,
  poweredByHeader: false,
  reactStrictMode: true,
  // No image of ours needs to be made smaller, and whoever asks for it would cost the server much.
  images: { unoptimized: true },
  // A page that has begun to be streamed can no longer be answered with 404: what is no number never gets that far.
  rewrites: async () => ({
    beforeFiles: [{ source: '/sensors/:id((?!(?:0|-?[1-9]\\d{0,9})$).+)', destination: '/no-such-page' }],
  }),
  // `npm run check` checks types; who starts Tailboard need not wait for it.
  typescript: { ignoreBuildErrors: true },
}
