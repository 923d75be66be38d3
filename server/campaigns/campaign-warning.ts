/** What of campaign.yaml is hardly meant so: it stops nothing. */
export interface CampaignWarning {
  /** Where it stands in campaign.yaml. */
  path: PropertyKey[];
  /** What is seen, and what helps, for whoever wrote the campaign. */
  message: string;
}
