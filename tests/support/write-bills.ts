// Writes one bill again and again until it is killed, and says so each time.
import { writeBill } from '../../server/bills/bill-files.ts';

const [data_dir, record] = process.argv.slice(2);
for (let title = 1; ; title += 1) {
  await writeBill(data_dir!, { ...JSON.parse(record!), title: String(title) });
  process.send!(title);
}
