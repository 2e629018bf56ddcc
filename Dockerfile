# The gateway in a container. Everything it keeps lies in the volume /app/data; it runs as the user node (1000).
# docker build -t kentongan . ; docker run --env-file .env -v kentongan:/app/data -p 127.0.0.1:1708:1708 kentongan

FROM node:20-bookworm-slim AS build
WORKDIR /build
# better-sqlite3 is compiled where npm finds no prebuilt one.
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY scripts/ ./scripts/
COPY src/ ./src/
RUN npm run build
RUN npm prune --omit=dev

FROM node:20-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /app
COPY package.json LICENSE NOTICE ./
COPY --from=build /build/node_modules/ ./node_modules/
COPY --from=build /build/dist/ ./dist/
COPY config/ ./config/
RUN chmod 0755 dist/main.js && ln -s /app/dist/main.js /usr/local/bin/kentongan
RUN install -d -o node -g node -m 0700 data media
USER node
VOLUME /app/data
EXPOSE 1708
# Asked like a stranger, behind a proxy: the short answer, which reads no database. The store's state is /ready.
HEALTHCHECK --interval=30s --timeout=5s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 1708}/health`, { headers: { via: 'probe' }, signal: AbortSignal.timeout(4000) }).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# A script with a shebang: env replaces itself by node, so that node is process 1 and hears SIGTERM.
ENTRYPOINT ["kentongan"]
CMD ["start"]
