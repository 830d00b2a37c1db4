/** @type {import('next').NextConfig} */
export default {
  // Compression would hold small events back.
  compress: false,
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run check` checks types; who starts Tailboard need not wait for it.
  typescript: { ignoreBuildErrors: true },
}
