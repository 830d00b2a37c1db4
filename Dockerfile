# syntax=docker/dockerfile:1
# The app with everything it needs: it asks no network for anything when it runs. See docs/running.md.

FROM node:22-slim AS build
WORKDIR /app
# What is installed changes less often than what is built.
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY next.config.js tsconfig.json ./
COPY app app
COPY components components
COPY lib lib
# What only the build needs is not in the image.
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:22-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 EMBEDDED_DATA_DIR=/data/engine
COPY --from=build /app/package.json /app/package-lock.json /app/next.config.js /app/tsconfig.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/.next .next
# The sources are what runs beside the app (the launcher, the engine, the simulator), and tell that it need not be built.
COPY --from=build /app/app app
COPY --from=build /app/components components
COPY --from=build /app/lib lib
# The embedded engine keeps its tables here, unless MATERIALIZE_URL names a database.
RUN mkdir /data && chown 1000:1000 /data
VOLUME /data
# The image's user `node`, by a number that any host can check. Whoever gets in can change nothing of the program.
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself, without npm or a shell in between: as process 1 it hears SIGTERM, and says goodbye to its readers.
CMD ["node", "--import", "tsx", "lib/start.ts"]
