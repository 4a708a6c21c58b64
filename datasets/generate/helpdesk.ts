import { Random } from './random';
import { english } from './scenes/english';
import { answer, question, Slots } from './talk';

/** A small clean-ish English set in the Alpaca layout, with a handful of the usual faults. */
export function helpdesk(seed: number): object[] {
  const random = new Random(seed);
  const rows: { instruction: string; input: string; output: string; category: string }[] = [];
  for (let i = 0; i < 600; i++) {
    const topic = random.weighted(english);
    const fill = new Slots(random, 'en');
    const output = answer(topic, 'en', random, fill);
    const category = { 账单: 'bills', 积分: 'points', 逾期: 'overdue' }[topic.label.split('/')[0]] ?? 'other';
    const draw = random.next();
    rows.push({
      instruction: random.pick([
        'Answer the customer.',
        'Reply to this message from a card holder.',
        'Write the reply of the service desk.',
      ]),
      input: question(topic, 'en', random, fill),
      output: draw < 0.01 ? '' : draw < 0.02 ? '<noinput>' : draw < 0.03 ? output.slice(0, 40) : output,
      category,
    });
    if (draw > 0.985) rows.push({ ...rows[rows.length - 1] });
  }
  return rows;
}
