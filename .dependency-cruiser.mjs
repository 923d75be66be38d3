// Who may import whom. Data flows one way: legislators into bills, both into campaigns, these into actions, all into web.

/** Forbids an npm package (or a Node module) everywhere but in the files named. */
const only = (name, packages, allowed) => ({
  name,
  severity: 'error',
  from: { path: '^(server|scripts)/', pathNot: allowed },
  to: { path: packages },
});

const rooms = 'campaigns|bills|legislators|actions|mail|reports|print|backup';

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'nothing-imports-web-but-start',
      severity: 'error',
      from: { path: '^(server|scripts)/', pathNot: '^server/(web/|start/|start\\.ts$)' },
      to: { path: '^server/web/' },
    },
    {
      name: 'server-stands-alone',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^(scripts|tests|bench)/' },
    },
    {
      name: 'commands-need-no-tests',
      severity: 'error',
      from: { path: '^scripts/' },
      to: { path: '^(tests|bench)/' },
    },
    {
      name: 'store-knows-no-subject',
      severity: 'error',
      from: { path: '^server/store/' },
      to: { path: `^server/(${rooms})/` },
    },
    {
      name: 'yaml-knows-no-subject',
      severity: 'error',
      from: { path: '^server/yaml/' },
      to: { path: `^server/(${rooms}|store)/` },
    },
    {
      name: 'campaigns-and-actions-know-legislators-by-type-alone',
      severity: 'error',
      from: { path: '^server/(campaigns|actions)/' },
      to: { path: '^server/legislators/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'campaigns-know-only-themselves',
      severity: 'error',
      from: { path: '^server/campaigns/' },
      to: { path: '^server/(actions|mail|reports|print|store)/' },
    },
    {
      name: 'bills-know-legislators-alone',
      severity: 'error',
      from: { path: '^server/bills/' },
      to: { path: '^server/(campaigns|actions|mail|reports|print|store)/' },
    },
    {
      name: 'legislators-know-neither-bills-campaigns-nor-actions',
      severity: 'error',
      from: { path: '^server/legislators/' },
      to: { path: '^server/(bills|campaigns|actions|mail|reports|print|store)/' },
    },
    {
      name: 'actions-know-no-later-room',
      severity: 'error',
      from: { path: '^server/actions/' },
      to: { path: '^server/(mail|reports|print)/' },
    },
    {
      name: 'only-commands-back-up',
      severity: 'error',
      from: { path: '^server/', pathNot: '^server/backup/' },
      to: { path: '^server/backup/' },
    },
    {
      name: 'only-start-wires',
      severity: 'error',
      from: { path: '^server/', pathNot: '^server/start(/|\\.ts$)' },
      to: { path: '^server/start(/|\\.ts$)' },
    },
    {
      name: 'metrics-are-known-by-type-alone',
      severity: 'error',
      from: { path: '^(server|scripts)/', pathNot: '^server/(metrics/|start(\\.ts$|/))' },
      to: { path: '^server/metrics/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'metrics-know-no-page',
      severity: 'error',
      from: { path: '^server/metrics/' },
      to: { path: '^server/web/' },
    },
    only('counters-in-metrics', '(^|/)node_modules/prom-client/', '^server/metrics/'),
    only('express-in-web', '(^|/)node_modules/(@types/)?express/', '^server/(web/|start/|start\\.ts$)'),
    only('got-in-legislators', '(^|/)node_modules/got/', '^server/legislators/'),
    only(
      'database-in-store',
      '((^|/)node_modules/(kysely|pg)/)|(^(node:)?sqlite$)',
      '^server/(store/|(actions|mail|reports)/[^/]*queries\\.ts$)',
    ),
    only('handlebars-in-campaigns', '(^|/)node_modules/handlebars/', '^server/campaigns/'),
    {
      name: 'words-know-campaigns-by-type-and-legislators',
      severity: 'error',
      from: { path: '^server/words/' },
      to: { path: '^server/(bills|actions|mail|reports|print|backup|store)/' },
    },
    only('strings-in-words', '(^|/)node_modules/i18next/', '^server/words/'),
    {
      name: 'print-knows-campaigns-and-legislators-alone',
      severity: 'error',
      from: { path: '^server/print/' },
      to: { path: '^server/(bills|actions|mail|reports|store)/' },
    },
    only('pdf-and-codes-in-print', '(^|/)node_modules/(@types/)?(pdfkit|fontkit|uqr)/', '^server/print/'),
    only('altcha-in-one-file', '(^|/)node_modules/altcha-lib/', '^server/web/proof-of-work\\.ts$'),
    only('mail-libraries-in-mail', '(^|/)node_modules/(nodemailer|mailparser)/', '^server/mail/'),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
