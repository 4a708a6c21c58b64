/** `finding.ID` is its name, `finding.ID.message` what is wrong, with numbers; `finding.ID.why` what harm it does. */
export default {
  'finding.unmapped': 'No prompt or response',
  'finding.unmapped.message':
    'No prompt or response is mapped, so no text was looked at. Name the fields: under “Fields and mapping” in the page, with --map prompt=FIELD,response=FIELD on the command line.',
  'finding.unmapped.why': 'What is not looked at cannot be found wrong.',
  'finding.no-response': 'No response',
  'finding.no-response.message':
    'No response is mapped, nor a label, so no answer was looked at. Name the field: under “Fields and mapping” in the page, with --map response=FIELD on the command line.',
  'finding.no-response.why': 'From prompts alone a model learns no answers.',
  'finding.empty-response': 'Empty response',
  'finding.empty-response.message': '{count} {count|record has|records have} no response ({share}).',
  'finding.empty-response.why': 'The model learns to say nothing.',
  'finding.placeholder': 'Placeholder response',
  'finding.placeholder.message':
    '{count} {count|record holds|records hold} a placeholder such as <noinput> or N/A ({share}).',
  'finding.placeholder.why': 'The model learns to answer with the placeholder.',
  'finding.placeholder-prompt': 'Placeholder in prompt',
  'finding.placeholder-prompt.message':
    '{count} {count|prompt holds|prompts hold} a placeholder such as <noinput> or N/A ({share}).',
  'finding.placeholder-prompt.why': 'The placeholder becomes part of every question of its kind.',
  'finding.merged-instruction': 'Merged instruction',
  'finding.merged-instruction.message': '{count} {count|response holds|responses hold} a second instruction ({share}).',
  'finding.merged-instruction.why': 'Two records ran together; the model learns to go on asking itself questions.',
  'finding.truncated': 'Cut-off response',
  'finding.truncated.message':
    '{count} {count|response ends|responses end} in mid-sentence or with an open bracket or code fence ({share}).',
  'finding.truncated.why': 'The model learns to stop too early.',
  'finding.refusal': 'Refusal',
  'finding.refusal.message': '{count} {count|response refuses|responses refuse} to answer ({share}).',
  'finding.refusal.why': 'Too many of them make the model refuse harmless requests.',
  'finding.small-talk': 'Small talk',
  'finding.small-talk.message': '{count} {count|record is|records are} small talk only ({share}).',
  'finding.small-talk.why': 'Greetings teach nothing of the task.',
  'finding.echo': 'Echo',
  'finding.echo.message': '{count} {count|response repeats|responses repeat} the prompt ({share}).',
  'finding.echo.why': 'The model learns to repeat the question.',
  'finding.format-broken': 'Format not kept',
  'finding.format-broken.message':
    '{count} {count|response does|responses do} not have the format its prompt asks for ({share}).',
  'finding.format-broken.why': 'The model learns to write JSON or tables that do not parse.',
  'finding.language-mismatch': 'Wrong language',
  'finding.language-mismatch.message':
    '{count} {count|response is|responses are} in another language than the prompt ({share}).',
  'finding.language-mismatch.why': 'The model learns to switch languages.',
  'finding.role-order': 'Roles out of order',
  'finding.role-order.message':
    '{count} {count|conversation does|conversations do} not alternate between user and assistant ({share}).',
  'finding.role-order.why': 'Trainers drop such conversations, or train on the wrong turns.',
  'finding.control-characters': 'Invisible characters',
  'finding.control-characters.message':
    '{count} {count|record holds|records hold} control, zero-width or bidi characters ({share}).',
  'finding.control-characters.why': 'Invisible characters become tokens.',
  'finding.mojibake': 'Garbled text',
  'finding.mojibake.message': '{count} {count|record holds|records hold} wrongly decoded text ({share}).',
  'finding.mojibake.why': 'Garbled text is learned as it stands.',
  'finding.html': 'HTML remains',
  'finding.html.message': '{count} {count|record holds|records hold} HTML tags or entities outside code ({share}).',
  'finding.html.why': 'The model learns to write mark-up into plain answers.',
  'finding.missing-attachment': 'Missing attachment',
  'finding.missing-attachment.message':
    '{count} {count|prompt speaks|prompts speak} of a picture, file or link that is not there ({share}).',
  'finding.missing-attachment.why': 'The answer rests on something the model cannot see, so it learns to invent.',
  'finding.secret': 'Leaked secret',
  'finding.secret.message': '{count} {count|record holds|records hold} a key, a token or a password ({share}).',
  'finding.secret.why': 'A model can repeat what it has read.',
  'finding.exact-duplicates': 'Exact duplicates',
  'finding.exact-duplicates.message': '{count} {count|record equals|records equal} an earlier one ({share}).',
  'finding.exact-duplicates.why': 'Repeats weigh more than the rest and leak from train to test.',
  'finding.near-duplicates': 'Near-duplicates',
  'finding.near-duplicates.message':
    '{count} {count|record has a better twin|records have a better twin} of a similarity of {at} or more ({share}).',
  'finding.near-duplicates.why': 'They weigh more than the rest, and a test set that holds their twins is no test.',
  'finding.semantic-duplicates': 'Semantic duplicates',
  'finding.semantic-duplicates.message':
    '{count} {count|record says|records say} in other words what a better one says: neither exact nor near duplicates, alike by vectors at a cosine of {at} or more ({share}).',
  'finding.semantic-duplicates.why':
    'The same thing in other words weighs twice, and a test set that holds it is no test.',
  'finding.contamination': 'Also in another file',
  'finding.contamination.message':
    '{count} {count|record is|records are} in {name} too, or {count|holds|hold} a text of it ({share}).',
  'finding.contamination.why':
    'A model that has seen its test set is measured too well; what is there already is paid for twice.',
  'finding.repeated-response': 'Repeated responses',
  'finding.repeated-response.message': '{count} {count|response equals|responses equal} an earlier one ({share}).',
  'finding.repeated-response.why': 'The same answer to different questions is often a canned one.',
  'finding.label-conflicts': 'Label conflicts',
  'finding.label-conflicts.message':
    '{count} {count|prompt carries|prompts carry} different labels ({records} records).',
  'finding.label-conflicts.why': 'The model cannot learn both.',
  'finding.disagreement': 'Annotators disagree',
  'finding.disagreement.message':
    'Annotators gave different labels to {count} {count|prompt|prompts} ({records} records).',
  'finding.disagreement.why': 'The guideline is not clear there.',
  'finding.class-majority': 'One class dominates',
  'finding.class-majority.message':
    '“{class}” holds {percent} % of the labelled records{where}; {count} {count|such class|such classes}.',
  'finding.class-majority.where': ' of source “{where}”',
  'finding.class-majority.why': 'Always guessing that class already looks accurate.',
  'finding.long-tail': 'Long tail',
  'finding.long-tail.message':
    '{count} of {classes} classes {count|is|are} rarer than a tenth of an even share; “{largest}” has {most}, “{smallest}” {least} records (ratio {ratio}).',
  'finding.long-tail.why': 'Rare classes are hardly learned.',
  'finding.drift': 'Drift',
  'finding.drift.message':
    'The share of {count} {count|label|labels} changes over time: “{class}” from {from} % in the first quarter to {to} % in the last.',
  'finding.drift.why': 'What was annotated, or how, has changed along the way.',
  'finding.personal-data': 'Personal data',
  'finding.personal-data.message': '{count} {count|record holds|records hold} personal data ({kinds}).',
  'finding.personal-data.why': 'A model can repeat what it has read.',
} satisfies Record<string, string>;
