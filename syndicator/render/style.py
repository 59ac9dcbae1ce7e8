"""The one style of all pages: a newspaper's index, in light, in dark and on paper.

No outside file and no font but the reader's own. Sizes are in ``rem``, so what
a reader sets larger is larger; nothing moves, so there is no motion to reduce.
"""

STYLE = """
:root{color-scheme:light dark;--ink:#1b1916;--soft:#5b5750;--paper:#fdfcf9;--well:#f3f0e9;
--line:#d8d3c8;--edge:#857f75;--mark:#8c1d18}
@media(prefers-color-scheme:dark){:root{--ink:#ece8e1;--soft:#b3ada3;--paper:#171614;--well:#211f1c;
--line:#3d3a35;--edge:#8d877c;--mark:#f2a59d}}
*,*::before,*::after{box-sizing:border-box}
body{margin:0 auto;max-width:76rem;padding:0 clamp(1rem,4vw,2.5rem) 3rem;background:var(--paper);
color:var(--ink);font:1.05rem/1.5 Charter,"Bitstream Charter","Iowan Old Style",Georgia,serif;
overflow-wrap:break-word}
a{color:inherit;text-decoration-color:var(--edge);text-underline-offset:.18em}
a:hover{color:var(--mark);text-decoration-color:currentcolor}
:focus-visible{outline:3px solid var(--mark);outline-offset:2px}
h1,h2,h3{line-height:1.16;margin:0;text-wrap:balance;font-weight:700}
h1{font-size:clamp(2rem,1.4rem + 3vw,3.5rem);letter-spacing:-.015em}
h1 a,h2 a,h3 a{text-decoration:none}
h1 a:hover,h2 a:hover,h3 a:hover{text-decoration:underline}
p{margin:.4rem 0}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:.5rem;z-index:1;background:var(--paper);padding:.5rem .9rem}
.top{display:flex;flex-wrap:wrap;gap:.4rem 1.5rem;align-items:center;justify-content:space-between;
padding:.7rem 0;border-bottom:1px solid var(--line)}
.top>a{font-weight:700;text-decoration:none;padding:.2rem 0}
form{display:flex;gap:.4rem;align-items:center;max-width:100%}
input,button,.go{font:.95rem/1.3 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;
border:1px solid var(--edge);border-radius:.2rem;padding:.4rem .7rem;min-height:2.2rem;
background:var(--paper);color:var(--ink)}
input{min-width:0;flex:1 1 13rem}
button{cursor:pointer}
button:hover{border-color:var(--mark);color:var(--mark)}
.head{padding:1.6rem 0 1rem;border-bottom:4px double var(--ink)}
.deck{font-size:1.18rem;color:var(--soft);max-width:44rem;margin:.5rem 0}
.plate{text-align:center}
.plate h1{font-size:clamp(2.5rem,1.4rem + 5.5vw,5rem)}
.plate .deck{margin-inline:auto}
.plate form{justify-content:center;margin:1rem auto .2rem;width:30rem}
.kicker,.by,.meta,.terms,.links,.said,footer{font-family:system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;
font-size:.875rem;line-height:1.45}
.by{margin:.3rem 0}
.by .meta{margin:0}
.said{padding-top:.6rem}
.kicker{color:var(--mark);font-weight:600;margin:0 0 .2rem}
.meta,.terms,footer{color:var(--soft)}
.terms{font-size:.8rem}
.note{border-inline-start:3px solid var(--mark);padding-inline-start:.7rem}
.subscribe{display:grid;gap:.4rem 2.5rem;padding:1rem 0 1.1rem;border-bottom:1px solid var(--ink)}
.subscribe h2{font-size:1.05rem}
.links{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;align-items:center;padding:0;margin:.4rem 0}
.links a{display:inline-block;padding:.2rem 0;min-height:1.65rem;min-width:1.65rem}
.links .go{padding:.45rem .9rem;background:var(--ink);border-color:var(--ink);color:var(--paper);
text-decoration:none;font-weight:600}
.links .go:hover{background:var(--mark);border-color:var(--mark)}
dl{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.25rem .9rem;align-items:center;margin:.4rem 0}
dt a{display:inline-block;padding:.2rem 0;min-height:1.65rem;min-width:1.65rem}
dt{font:.875rem/1.45 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
dd{margin:0}
code{font:.84rem/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;display:inline-block;max-width:100%;
background:var(--well);padding:.25rem .5rem;border-radius:.2rem;overflow-wrap:anywhere;
-webkit-user-select:all;user-select:all}
.day,.topics{display:grid;grid-template-columns:minmax(0,1fr);column-gap:2.4rem;align-items:start}
.day>h2{grid-column:1/-1;font-size:1.02rem;padding:1.5rem 0 .45rem;border-bottom:1px solid var(--ink)}
article{padding:1rem 0 1.1rem;min-width:0}
.day>article+article,.found article+article{border-top:1px solid var(--line)}
h3{font-size:1.22rem}
.found article,.found-form form{max-width:46rem}
.found-form form{margin-top:.8rem}
.found article h2{font:700 1.3rem/1.2 Charter,"Bitstream Charter","Iowan Old Style",Georgia,serif}
.front>article:first-of-type h3{font-size:clamp(1.6rem,1.2rem + 1.8vw,2.5rem)}
.topics article{border-top:2px solid var(--ink);margin-top:1.2rem;padding-top:.7rem}
.topics h2{font-size:1.6rem}
.newest{list-style:none;padding:0;margin:.7rem 0}
.newest li{padding:.5rem 0;border-top:1px solid var(--line)}
.newest a{font-weight:600;text-decoration:none;line-height:1.3}
.newest a:hover{text-decoration:underline}
.newest .meta{margin:.1rem 0 0;font-size:.8rem}
.one{max-width:46rem;margin-inline:auto;padding-top:1.6rem}
.one h1{font-size:clamp(1.9rem,1.4rem + 2.4vw,3rem);margin-bottom:.5rem}
.one h2{font-size:1.3rem;padding-top:.4rem}
.one .summary{font-size:1.2rem;margin:.9rem 0}
.facts{margin:1.1rem 0;padding:.8rem 0;border-block:1px solid var(--line);gap:.35rem 1.2rem;
align-items:baseline}
.facts dt,.facts dd{font:.9rem/1.45 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
.facts dt{color:var(--soft)}
.older{padding:1.2rem 0}
ol[reversed]{list-style:none;padding:0}
article:dir(rtl) [dir=ltr],li:dir(rtl) [dir=ltr]{text-align:right}
summary{cursor:pointer;padding:.25rem 0}
del{color:var(--soft)}
ins{text-decoration-color:var(--mark);text-decoration-thickness:2px}
footer{margin-top:2.5rem;padding-top:.8rem;border-top:1px solid var(--line)}
@media(min-width:42rem){
.day,.topics{grid-template-columns:repeat(2,minmax(0,1fr))}
.subscribe{grid-template-columns:minmax(0,3fr) minmax(0,2fr)}.subscribe h2{grid-column:1/-1}
.day:not(.front)>article:nth-of-type(2){border-top:0}
.front>article:first-of-type{grid-column:1/-1}
.front>article:first-of-type .summary{font-size:1.2rem}
}
@media(min-width:66rem){
.day,.topics{grid-template-columns:repeat(3,minmax(0,1fr))}
.day>article:nth-of-type(2),.day:not(.front)>article:nth-of-type(3){border-top:0}
.front>article:first-of-type{grid-column:span 2;padding-inline-end:1rem}
}
@media print{
:root{--ink:#000;--soft:#333;--paper:#fff;--line:#999;--mark:#000;--well:#fff}
body{font-size:10pt;max-width:none;padding:0}
form,.skip,.links,.subscribe,.older{display:none}
article,li{break-inside:avoid}h2,h3{break-after:avoid}
.day,.topics{display:block;columns:2;column-gap:1.5rem}.day>h2{column-span:all}
h3 a[href]::after,.one .origin::after{content:" <" attr(href) ">";font-size:.75em;font-weight:400;overflow-wrap:anywhere}
}
""".strip().replace("\n", "")
