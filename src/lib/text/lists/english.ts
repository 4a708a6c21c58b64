/**
 * Common English words that are no words of the languages written beside it (so not a, in, no, me, on, was, die, or …): two of them
 * in a dozen words make a text English.
 */
export const plainEnglish =
  `the and that this these those with without from for which what when where why who whose how have has had been being are were would
should could might must shall does did doing your yours you they their them theirs our ours its it she his him because although though however while
during before after between through above below about against into onto upon under until since than then there here other another each every
both either neither some any many much more most few several such only very too just also even still again always never often not be by of to
is as if we my
write describe explain generate create give find list name make provide suggest identify classify summarize rewrite convert design compose compare
develop construct calculate determine analyze edit translate sentence sentences following given word words text story paragraph article list example
examples question answer output input people person time year years world life way ways thing things good great best better new first last one two
three different important using used use help need want know think like take get see look work come tell ask show think please thank following
number numbers data information product service company customer business system model language computer type form part place case point week
reasons benefits advantages tips ideas steps summary title topic`
    .split(/\s+/)
    .filter(Boolean);
