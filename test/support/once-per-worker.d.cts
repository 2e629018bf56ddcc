/** What `make` gave when it was first asked for by this name in this worker. */
export function oncePerWorker<T>(name: string, make: () => T): T
