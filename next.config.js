/** @type {import('next').NextConfig} */
export default {
  // Compression would hold small events back, and the stream compresses itself where it should.
  compress: false,
  poweredByHeader: false,
  reactStrictMode: true,
}
