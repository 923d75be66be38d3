/** After every test: takes the PostgreSQL away. */
export default async function tearDown(): Promise<void> {
  await globalThis.postgresOfTests?.remove();
}
