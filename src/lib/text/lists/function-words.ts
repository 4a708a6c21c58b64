/**
 * Function words of languages in Latin script, those of two letters and more: a sentence has some, a list of names has none. The commonest
 * of each language, made for the project.
 */
const lists: Record<string, string> = {
  ca: 'els les del dels una que amb per als seu seva aquest aquesta són està molt també però com',
  cs: 'se na že si jsem jsi jsou byl byla ale jak pro ve ze do je to tak který když mám',
  da: 'og at det den er en et jeg du han hun ikke på til med som af har var vi der hvad hvor',
  de: 'der die das dem den des ein eine einen einem einer und ist sind ich du er sie es wir ihr nicht mit auf für zu von im am sich auch wie was wo wird zum zur bei aus',
  es: 'el la los las de del un una que en por para con no se su me te mi lo al es más está qué cómo muy son hay pero como cuál dónde',
  et: 'ja on ei see et ma sa oli mis kui ta või ning aga',
  eu: 'eta da ez bat dira zen hau du izan dut',
  fi: 'ja on ei se että oli minä sinä hän mutta kun olen tämä niin ovat joka myös',
  fr: 'le la les de des du et est un une je tu il elle nous vous que qui dans pour pas sur avec ce cette suis sont au aux mon ma ne en se où combien quelle quel',
  hr: 'je na se da su za od sam bio što kao ali iz koji nije ili',
  hu: 'az és hogy nem egy van ez meg de csak én volt mint el ki',
  is: 'og að er það sem ég þú ekki til við af hann hún var',
  it: 'il lo la gli le di del della dei delle un una che non per con sono mi ti si nel nella alla al da è più come anche questo questa dove',
  lt: 'ir yra kad tai į su iš bet ar kaip aš jis buvo',
  lv: 'un ir ka tas uz ar no es par kā bet viņš',
  ms: 'dan yang di ini itu dengan untuk saya tidak adalah ada ke dari akan pada dia kami',
  nl: 'de het een en van ik je is dat niet in op te met voor zijn er aan wat waar ook als naar wordt',
  no: 'og det den er en et jeg du han hun ikke på til med som av har var vi hva hvor å',
  pl: 'nie się na jest to do jak ja ty od dla czy są że co ale tak po za',
  pt: 'os as de do da dos das um uma que não em por para com se eu você meu minha no na mais como são está é ao foi',
  ro: 'și să de la cu este un nu în pe care din ce sunt mai sau pentru fi',
  sk: 'je na že sa som si ale ako pre vo zo do to tak ktorý keď mám',
  sl: 'je in na se da so za od sem bil kot ali iz ki ni',
  sq: 'dhe të në një është që për me nga si ka',
  sv: 'och att det den är en ett jag du han hon inte på till med som av har var vi vad för om',
  tl: 'ang ng mga sa na ay ko mo ako si at hindi ito siya ka',
  tr: 've bir bu da de için ile ne ben sen çok mi değil var olarak daha gibi',
  az: 'və bir bu da də üçün ilə mən sən çox deyil var',
  yo: 'ni ti si ati fun wa ń mo kan',
};

/** Function words by language (ISO 639-1), lower-cased. */
export const functionWords: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(lists).map(([language, words]) => [language, new Set(words.split(' '))]),
);
