/** Forms of personal data. Every repetition is bounded, so that no text takes more than linear time. */

/** First two digits of mainland China's identity numbers (GB/T 2260). */
export const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '),
);

/** Card ranges: UnionPay (62, 60, 68, 9558), Visa, Mastercard, Amex, JCB, Diners, Discover, Maestro. */
export const CARD = /^(?:4|5[0-8]|2[2-7]|3[0-9]|6|9558)/;
/** Identity number of mainland China: region, date of birth, serial, check digit (GB 11643-1999). */
export const ID =
  /(?<![0-9A-Za-z])[1-8]\d{5}([ -]?)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\1\d{3}[\dXx](?![0-9A-Za-z])/g;
/** 13 to 19 digits, whole or in groups (ISO/IEC 7812). */
export const BANK_CARD =
  /(?<![0-9A-Za-z.])(?:\d{13,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}(?:\1\d{1,3})?|3\d{3}([ -])\d{6}\2\d{5})(?![0-9A-Za-z]|[.-]\d)/g;
/** US social security number: no 000, 666 or 9xx in front (Social Security Administration). */
export const SSN = /(?<![\dA-Za-z]|\d[- ])(?!000|666|9\d\d)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}(?![\dA-Za-z]|[- ]\d)/g;
/** The same without separators, where its name stands before it. */
export const SSN_NAMED =
  /(?:\bSSN\b|social security (?:number|no\.?))[^\d\n]{0,20}(?!000|666|9\d\d)\d{3}(?!00)\d{2}(?!0000)\d{4}(?!\d)/gi;
/** Words that name it. */
export const NAMES_SSN = /ssn|social security|社会安全|社保/i;
/** Dotted quad (RFC 791). */
export const IP4 =
  /(?<![\d.A-Za-z_-])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\dA-Za-z_]|\.\d|-\d)/g;
/** Groups parted by colons (RFC 4291); checked further by `findPersonal`. */
export const IP6 = /(?<![0-9A-Za-z:._])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![0-9A-Za-z:_])/g;
/** Loopback, unspecified and netmasks name nobody. */
export const NOBODY = /^(?:127\.|0\.0\.0\.0$|255\.255\.)/;
/** Words before a version number, which looks like a dotted quad. */
export const VERSION = /(?:\bv|version|ver\.?|版本|release|section|第)\s*$/i;
/** Country, check digits, account (ISO 13616); the check is ibantools'. */
export const IBAN =
  /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[A-Za-z0-9]{11,30}|(?: [A-Za-z0-9]{4}){2,7}(?: [A-Za-z0-9]{1,3})?)(?![A-Za-z0-9])/g;
/** Mobile number of mainland China, with or without +86 (MIIT numbering plan). */
export const MOBILE_CN =
  /(?<![\dA-Za-z_]|\d[.-]|\+\d{0,2})(?:(?:\+|00)?86[ -]?|\(86\) ?)?1[3-9]\d([ -]?)\d{4}\1\d{4}(?![\dA-Za-z_]|[.-]\d)/g;
/** Landline of mainland China: area code from 0. */
export const LANDLINE_CN =
  /(?<![\dA-Za-z_]|\d[.-])(?:(?:\+|00)86[ -]?)?\(?0(?:10|2\d|[3-9]\d{2})\)?[ -]\d{3,4}[ -]?\d{4}(?:(?:-|转|ext\.? ?)\d{1,5})?(?![\dA-Za-z_]|[.-]\d)/g;
/** North American: 3-3-4 with separators, a country code and an extension. */
export const NORTH_AMERICAN =
  /(?<![\dA-Za-z_]|\d[.-]|[$€£¥])(?:(?:\+|00)?1[-. ]?)?(?:\(\d{3}\) ?|\d{3}([-. ]))\d{3}(?:\1|[-. ])\d{4}(?:[ ,]{0,2}(?:x|ext\.?|extension)[ .]?\d{1,6})?(?![\dA-Za-z_]|[.-]\d)/gi;
/** A number with + or 00 in front; whether it is possible is libphonenumber's word. */
export const INTERNATIONAL =
  /(?<![\dA-Za-z_+])(?:\+[1-9]|00[1-9](?=\d{0,2}[ .()-]))(?:[ .()-]{0,3}\d){6,14}(?:[ ,]{0,2}(?:x|ext\.?)[ .]?\d{1,6})?(?![\dA-Za-z_])/gi;
/** Any number-like stretch: a phone number only where a word before says so. */
export const LOOSE =
  /(?<![\dA-Za-z_.$€£¥/+-])[+(]?\d(?:[ .()-]{0,3}\d){5,13}(?:[ ]?(?:x|ext\.?)[ .]?\d{1,6})?(?![\dA-Za-z_%]|[.,/:-]\d)/gi;
/** Words before a phone number. */
export const NAMES_PHONE =
  /(?:phone|\btel\b|telephone|\bcall(?:ing|ed)?\b|\bcell\b|mobile|\bfax\b|\bdial\b|\bwhatsapp\b|\btext (?:me|us|him|her)\b|\bring\b|\breach (?:me|us|him|her)\b|contact|my number|number is|\bnumber:|at:? ?$|电话|手机|联系方式|联系我|致电|拨打|打给|号码是|传真|座机|微信)/i;
/** Words right after one. */
export const NAMES_PHONE_AFTER = /^[ \-(（,]{0,3}(?:office|fax|home|mobile|cell|work|手机|电话|座机|传真)/i;
/** Words right before numbers of another kind. */
export const NAMES_OTHER =
  /(?:account|card|order|invoice|iban|ssn|zip|postal|code|price|isbn|serial|licen[cs]e|卡号|账号|账户|订单|单号|编号|邮编|金额|客服|热线|身份证|\bqq\b)[^\n]{0,12}$/i;
/** Digits of numbers that name nobody: 400 and 800 of mainland China, its 95xxx behind an area code (MIIT numbering plan), North America's 800. */
export const HOTLINE = /^(?:(?:00)?86)?[48]00\d{7}$|^(?:(?:00)?86)?0\d{2,3}95\d{3}$|^(?:00)?1800\d{7}$/;
/** Words before and behind the number of a company's service or desk. */
export const NAMES_SERVICE =
  /(?:客服|热线|服务电话|总机|前台|订房|订座|订餐|投诉|举报|hotline|helpline|toll[- ]free|switchboard|front desk|customer (?:service|support|care))[^\d\n]{0,12}$/i;
export const NAMES_SERVICE_AFTER = /^[ （(】\]]{0,2}(?:客服|热线|总机|前台)/;
/** Words right before the number of an order or a parcel. */
export const NAMES_ORDER = /(?:订单|单号|运单|流水|编号)[^\d\n]{0,4}$/;
/** Dates and spans of years look like phone numbers. */
export const DATE =
  /^\(?(?:19|20)\d{2}[-./ ](?:0?[1-9]|1[0-2])[-./ ](?:0?[1-9]|[12]\d|3[01])\b|^(?:0?[1-9]|[12]\d|3[01])[-./ ](?:0?[1-9]|[12]\d|3[01])[-./ ](?:19|20)\d{2}$|^(?:19|20)\d{2} ?[-–] ?(?:19|20)\d{2}$/;

/** Characters of an e-mail address before the @ (RFC 5321, unquoted). */
export const LOCAL = /[A-Za-z0-9._%+-]/;
/** A domain after the @. */
export const DOMAIN = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}(?![A-Za-z0-9])/;
/** Names of files that look like a domain (`icon@2x.png`). */
export const FILE_END = /\.(?:png|jpe?g|gif|svg|webp|css|js|ts|py|java|txt|md|json|html?)$/i;
