/** Why a campaign on made-up legislators sends no e-mails, for whoever runs the site. */
export function sendsToNoSamples(state: string): string {
  return `campaign.yaml says send: true, but its legislators are made up, and nothing is sent to those. Fetch the real ones: npm run legislators -- pull ${state}`;
}
