// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "payloads.h"

#include <KTextTemplate/SafeString>

#include <QByteArray>
#include <QStringList>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

// In the texts "@" stands for the call that tells of an execution, and "#N" for the number alone.

QStringList markup()
{
    return {
        uR"-(<script>@</script>)-"_s,
        uR"-(<ScRiPt>@</sCrIpT>)-"_s,
        uR"-(<script
>@</script
>)-"_s,
        uR"-(<script/x>@</script>)-"_s,
        uR"-(<script src="data:text/javascript,@"></script>)-"_s,
        uR"-(<img src=x onerror=@>)-"_s,
        uR"-(<img/src=x/onerror=@>)-"_s,
        uR"-(<img src=x onerror="@"//)-"_s,
        uR"-(<IMG """><SCRIPT>@</SCRIPT>">)-"_s,
        uR"-(<svg onload=@>)-"_s,
        uR"-(<svg/onload=@//)-"_s,
        uR"-(<svg><script>@</script></svg>)-"_s,
        uR"-(<svg><script>&#116;op.pwned(#N)</script></svg>)-"_s,
        uR"-(<svg><animate onbegin=@ attributeName=x dur=1s></svg>)-"_s,
        uR"-(<svg><set onbegin=@ attributeName=x></svg>)-"_s,
        uR"-(<svg><a><animate attributeName=href values=javascript:@ /><text y=20>x</text></a></svg>)-"_s,
        uR"-(<svg><style><img src=x onerror=@></style></svg>)-"_s,
        uR"-(<math><mtext><table><mglyph><style><img src=x onerror=@></style></mglyph></table></mtext></math>)-"_s,
        uR"-(<math href="javascript:@">x</math>)-"_s,
        uR"-(<body onload=@>)-"_s,
        uR"-(<details open ontoggle=@>x</details>)-"_s,
        uR"-(<input autofocus onfocus=@>)-"_s,
        uR"-(<iframe src="javascript:@"></iframe>)-"_s,
        uR"-(<iframe srcdoc="<script>@</script>"></iframe>)-"_s,
        uR"-(<iframe src="data:text/html,<script>top.postMessage(#N,'*')</script>"></iframe>)-"_s,
        uR"-(<object data="javascript:@"></object>)-"_s,
        uR"-(<embed src="javascript:@">)-"_s,
        uR"-(<form action="javascript:@"><button>x</button></form>)-"_s,
        uR"-(<button form=f formaction="javascript:@">x</button><form id=f></form>)-"_s,
        uR"-(<a href="javascript:@">x</a>)-"_s,
        uR"-(<video><source onerror=@></video>)-"_s,
        uR"-(<audio src=x onerror=@></audio>)-"_s,
        uR"-(<marquee onstart=@>x</marquee>)-"_s,
        uR"-(<meta http-equiv=refresh content="0;url=data:text/html,<script>top.postMessage(#N,'*')</script>">)-"_s,
        uR"-(<base href="javascript:@//">)-"_s,
        uR"-(<link rel=stylesheet href="data:text/css,*{color:red}" onload=@>)-"_s,
        uR"-(<template shadowrootmode=open><img src=x onerror=@></template>)-"_s,
        uR"-(<div contenteditable onfocus=@>x</div>)-"_s,
        uR"-(<p lvt-mounted="@" lvt-updated="@">x</p>)-"_s,
        uR"-(<noscript><p title="</noscript><img src=x onerror=@>">)-"_s,
        uR"-(<<script>@//<</script>)-"_s,
        uR"-(<a/onclick=@>x</a>)-"_s,
        uR"-(<x onmouseover=@>x</x>)-"_s,
        uR"-(</p><script>@</script>)-"_s,
        uR"-(</textarea><script>@</script>)-"_s,
        uR"-(</title><script>@</script>)-"_s,
        uR"-(</script><script>@</script>)-"_s,
        uR"-(</SCRIPT ><svg onload=@>)-"_s,
        uR"-(</style><script>@</script>)-"_s,
        uR"-(</style/><img src=x onerror=@>)-"_s,
        uR"-(</xmp><script>@</script>)-"_s,
        uR"-(</noscript><script>@</script>)-"_s,
        uR"-(</iframe><script>@</script>)-"_s,
        uR"-(</template><script>@</script>)-"_s,
        uR"-(</svg></math><script>@</script>)-"_s,
        uR"-(</select></table></body></html><script>@</script>)-"_s,
        uR"-(--><script>@</script><!--)-"_s,
        uR"-(--!><script>@</script>)-"_s,
        uR"-(<!--)-"_s,
        uR"-(<!--<script>)-"_s,
        uR"-(<!--><img src=x onerror=@>-->)-"_s,
        uR"-(<![CDATA[<script>@</script>]]>)-"_s,
        uR"-(]]><script>@</script>)-"_s,
        uR"-(<?xml version="1.0"?><script>@</script>)-"_s,
        uR"-(<!DOCTYPE html><script>@</script>)-"_s,
        uR"-(<root><script>@</script></root>)-"_s,
        uR"-(<root>)-"_s,
        uR"-(</root><root>x)-"_s,
        uR"-(<plaintext>)-"_s,
        uR"-(&lt;script&gt;@&lt;/script&gt;)-"_s,
        uR"-(&amp;lt;img src=x onerror=@&amp;gt;)-"_s,
        uR"-(&#60;script&#62;@&#60;/script&#62;)-"_s,
        uR"-(&#x3c;img src=x onerror=@&#x3e;)-"_s,
        uR"-(%3Cscript%3E@%3C/script%3E)-"_s,
        uR"-(\x3cscript\x3e@\x3c/script\x3e)-"_s,
        uR"-(\u003cscript\u003e@\u003c/script\u003e)-"_s,
        uR"-(+ADw-script+AD4-@+ADw-/script+AD4-)-"_s,
        u"\uff1cscript\uff1e@\uff1c/script\uff1e"_s,
        u"\u00abscript\u00bb\u02bctop\u02ba"_s,
    };
}

QStringList attributes()
{
    return {
        uR"-(" onmouseover=@ x=")-"_s,
        uR"-(' onmouseover=@ x=')-"_s,
        uR"-(` onmouseover=@ x=`)-"_s,
        uR"-( x onmouseover=@)-"_s,
        uR"-(x onclick=@ )-"_s,
        u"x\tonclick=@\t"_s,
        u"x\nonclick=@\n"_s,
        u"x\fonclick=@\f"_s,
        u"x\r\nonclick=@\r\n"_s,
        u"x\vonclick=@"_s,
        uR"-(x/onclick=@/)-"_s,
        u"x\u00a0onclick=@"_s,
        u"x\u3000onclick=@"_s,
        uR"-("><script>@</script>)-"_s,
        uR"-('><script>@</script>)-"_s,
        uR"-(><script>@</script>)-"_s,
        uR"-(/><img src=x onerror=@>)-"_s,
        uR"-("autofocus/onfocus="@)-"_s,
        uR"-('autofocus/onfocus='@)-"_s,
        uR"-(" style="x:expression(@)" y=")-"_s,
        uR"-(&quot; onclick=@ x=&quot;)-"_s,
        uR"-(&#34; onclick=@ x=&#34;)-"_s,
        uR"-(&#39; onclick=@ x=&#39;)-"_s,
        uR"-(&quot onclick=@)-"_s,
        uR"-(\" onclick=@ x=\")-"_s,
        // As a name, or in a part of one.
        u"onclick"_s,
        u"ONMOUSEOVER"_s,
        u"onclick=@"_s,
        u"onclick=@ x"_s,
        u"x onmouseover=@"_s,
        u"x=1 onmouseover=@ y"_s,
        u"click"_s,
        u"style"_s,
        u"href"_s,
        u"src"_s,
        u"srcdoc"_s,
        u"formaction"_s,
        u"xlink:href"_s,
        u"lvt-mounted"_s,
        u"LVT-updated"_s,
        u"lvt-on:click"_s,
        u"data-lvt-id"_s,
        u"hidden"_s,
        u"="_s,
        u">"_s,
        u"/"_s,
        u" "_s,
        u""_s,
    };
}

QStringList addresses()
{
    return {
        u"javascript:@"_s,
        u"JaVaScRiPt:@"_s,
        u" javascript:@"_s,
        u"\x01javascript:@"_s,
        u"\x1fjavascript:@"_s,
        u"\u00a0javascript:@"_s,
        u"java\tscript:@"_s,
        u"java\nscript:@"_s,
        u"java\rscript:@"_s,
        u"j\na\tv\ra\ns\tc\rr\ni\tp\rt\n:@"_s,
        u"javascript\t:@"_s,
        u"javascript\n:@"_s,
        u"java\x01script:@"_s,
        u"java\u00adscript:@"_s,
        u"java"_s + QChar(u'\0') + u"script:@"_s,
        QChar(u'\0') + u"javascript:@"_s,
        u"javascript&colon;@"_s,
        u"javascript&colon@"_s,
        u"java&Tab;script&colon;@"_s,
        u"java&NewLine;script:@"_s,
        u"&#106;avascript:@"_s,
        u"&#x6a;avascript:@"_s,
        u"&#0000106avascript:@"_s,
        u"javascript&#58;@"_s,
        u"javascript&#x3A;@"_s,
        u"javascript%3A@"_s,
        u"%6aavascript:@"_s,
        u"javascript:%74op.pwned(#N)"_s,
        u"javascript://%0a@"_s,
        u"javascript://x/%0A@//"_s,
        u"javascript:/*--></title></style></textarea></script><svg/onload='+/\"/+/onmouseover=1/+/[*/[]/+@//'>"_s,
        u"java\uff1ascript:@"_s,
        u"javascript\uff1a@"_s,
        u"javascript"_s,
        u"javascript:"_s,
        u"script:@"_s,
        u":@"_s,
        u"vbscript:@"_s,
        u"VbScRiPt:@"_s,
        u"livescript:@"_s,
        u"jar:javascript:@"_s,
        u"feed:javascript:@"_s,
        u"view-source:javascript:@"_s,
        u"blob:javascript:@"_s,
        u"data:text/html,<script>top.postMessage(#N,'*')</script>"_s,
        u"DATA:text/html;base64,PHNjcmlwdD50b3AucG9zdE1lc3NhZ2UoMCwnKicpPC9zY3JpcHQ+"_s,
        u"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='top.postMessage(#N,\"*\")'/>"_s,
        u"data:text/javascript,@"_s,
        u"data:,@"_s,
        u"da\tta:text/html,<script>top.postMessage(#N,'*')</script>"_s,
        u"//evil.invalid/x.js"_s,
        u"\\\\evil.invalid\\x.js"_s,
        u"https://user:word@evil.invalid:8/x?y=1&z=2#f"_s.replace(u'@', u"\uE000"_s),
        u"HTTP://evil.invalid/"_s,
        u"mailto:a?subject=b"_s,
        u"../../x?y=z&w=\"'#<>"_s,
        u"/;javascript:@"_s,
        u"#;javascript:@"_s,
        u"https://evil.invalid/;javascript:@"_s,
        u"?javascript:@"_s,
        u"#javascript:@"_s,
        u"a%zz%4%41%c3%bc%00\u00fc"_s,
        // As sets of images.
        u"x.png 1x, javascript:@ 2x"_s,
        u"x.png 1x onerror=@"_s,
        u"data:image/svg+xml,<svg onload='@'> 1x"_s,
        u",javascript:@"_s,
        u"x.png 100w, \tjava\tscript:@ 200w, /y.png 1.5x"_s,
    };
}

QStringList scripts()
{
    return {
        uR"-(";@;//)-"_s,
        uR"-(';@;//)-"_s,
        uR"-(\";@;//)-"_s,
        uR"-(\';@;//)-"_s,
        uR"-(\)-"_s,
        uR"-(\\)-"_s,
        uR"-("+@+")-"_s,
        uR"-('+@+')-"_s,
        uR"-(`+@+`)-"_s,
        uR"-(${@})-"_s,
        uR"-($${@})-"_s,
        uR"-(\${@})-"_s,
        uR"-($)-"_s,
        uR"-({@})-"_s,
        uR"-(`;@;`)-"_s,
        uR"-(};@;{)-"_s,
        uR"-(});@;({)-"_s,
        uR"-());@;(()-"_s,
        uR"-(1;@)-"_s,
        uR"-(@)-"_s,
        uR"-(top['pwned'](#N))-"_s,
        uR"-([].find.constructor('@')())-"_s,
        u"\n@\n"_s,
        u"\r@\r"_s,
        u"x\u2028@\u2028"_s,
        u"x\u2029@\u2029"_s,
        uR"-(*/@/*)-"_s,
        uR"-(*/;@;//)-"_s,
        uR"-(//)-"_s,
        uR"-(/*)-"_s,
        uR"-(/;@;/)-"_s,
        uR"-(/.source;@;/)-"_s,
        uR"-(]/;@;/[)-"_s,
        uR"-(\/;@;/)-"_s,
        uR"-((?:)/.x;@;/(?:))-"_s,
        uR"-(.*+?^${}()|[]\/-)-"_s,
        uR"-(z-a)-"_s,
        uR"-(^)-"_s,
        uR"-(\n\t\x41\u0041\u{41}\0)-"_s,
        uR"-(\u0022;@;//)-"_s,
        uR"-(\x27;@;//)-"_s,
        uR"-(&#39;);@;//)-"_s,
        uR"-(&quot;);@;//)-"_s,
        uR"-(&apos;+@+&apos;)-"_s,
        uR"-(%27);@;//)-"_s,
        uR"-(');@;//)-"_s,
        uR"-(");@;//)-"_s,
        uR"-(<!--
@)-"_s,
        uR"-(-->
@)-"_s,
        uR"-(<!-- <script> )-"_s,
        uR"-(</script>)-"_s,
        uR"-(<\/script><script>@)-"_s,
        uR"-(__proto__)-"_s,
        uR"-(constructor)-"_s,
        uR"-(toString)-"_s,
        uR"-({"toString":"x"})-"_s,
    };
}

QStringList styles()
{
    return {
        u"red;background:url(javascript:@)"_s,
        u"expression(@)"_s,
        u"exp/**/ression(@)"_s,
        u"\\65xpression(@)"_s,
        u"url(javascript:@)"_s,
        u"url('data:image/svg+xml,<svg onload=@>')"_s,
        u"1px;color:red"_s,
        u"red}body{color:blue"_s,
        u"}*{background:red}"_s,
        u"\"}*{color:red}"_s,
        u"'}*{color:red}"_s,
        u");}*{color:red}"_s,
        u"\\"_s,
        u"\\22 }*{color:red}"_s,
        u"\n}*{color:red}"_s,
        u"\f}*{color:red}"_s,
        u"*/}*{color:red}/*"_s,
        u"/*"_s,
        u"@import 'data:text/css,*{color:red}';"_s.replace(u'@', u"\uE000"_s),
        u"-moz-binding:url(data:text/xml,@)"_s,
        u"behavior:url(x.htc)"_s,
        u"var(--x)"_s,
        u"--x:1"_s,
        u"!important"_s,
        u"#123456"_s,
        u"calc(1px + 2px)"_s,
        u"{}"_s,
        u"a{b"_s,
        u"red!important;--x:{"_s,
    };
}

QStringList others()
{
    return {
        u"plain words"_s,
        u"<script>alert(#N)</script>"_s,
        u"\"><svg onload=confirm(#N)>"_s,
        u"' onfocus='prompt(#N)"_s,
        u"javascript:alert(#N)"_s,
        u"';alert(#N);'"_s,
        u"{{ x }}"_s,
        u"{{@}}"_s,
        u"{{constructor.constructor('@')()}}"_s,
        u"{% if x %}"_s,
        u"{# x #}"_s,
        u"{{"_s,
        u"}}"_s,
        u"tab\there, line\nline\r\nline\rline"_s,
        u"\u0001\u0008\u001b\u007f\u0085\ufeff\u200b\u202e"_s,
        u"x"_s + QChar(u'\0') + u"<script>@</script>"_s,
        u"<scr"_s + QChar(u'\0') + u"ipt>@</script>"_s,
        QString(QChar(u'\0')),
        u"\"'`<>&\\/=;:{}[]()$%#@!?*+-.,^|~ "_s.replace(u'@', u"\uE000"_s),
        u"\u65e5\u672c\U0001F389\u00e9e\u0301"_s,
        QString(QChar(0xd83c)),
        u"a"_s + QChar(0xdf89) + u"b"_s + QChar(0xd83c) + u"\"><script>@</script>"_s,
        QChar(0xd83c) + u"\" onmouseover=@ x=\""_s,
        u"\ufffe\uffff"_s,
        u"x"_s.repeated(10'000) + u"\"><script>@</script>"_s,
        u"<b>'\""_s.repeated(1700) + u"<img src=x onerror=@>"_s,
        u"&"_s.repeated(10'000),
        u"<!--<script>"_s.repeated(850),
        u"\\"_s.repeated(9'999),
    };
}

QList<Payload> typedValues(qsizetype first)
{
    const QString image = u"<img src=x onerror=top.pwned(%1)>\" onclick=top.pwned(%1) '`"_s;
    const QString address = u"javascript:top.pwned(%1)"_s;
    QList<Payload> values;
    const auto add = [&](const QString &name, const auto &make) {
        values.append({name, QVariant(make(first + values.size()))});
    };
    const auto both = [&](qsizetype n) {
        return QStringList{address.arg(n), image.arg(n)};
    };
    add(u"list of texts"_s, both);
    add(u"list of anything"_s, [&](qsizetype n) {
        return QVariantList{image.arg(n), 1,
                            2.5,          true,
                            QVariant(),   QVariantList{address.arg(n), u"</script>"_s, u"]]>"_s}};
    });
    add(u"empty list"_s, [](qsizetype) { return QVariantList(); });
    add(u"map"_s, [&](qsizetype n) {
        return QVariantMap{{u"a"_s, image.arg(n)}, {u"b"_s, QVariantMap{{u"c"_s, both(n)}}}};
    });
    add(u"map with keys"_s, [&](qsizetype n) {
        return QVariantMap{{image.arg(n), 1},
                           {u"</script><script>top.pwned(%1)</script>"_s.arg(n), 2},
                           {u"'];top.pwned(%1);//"_s.arg(n), 3},
                           {u"\u2028"_s, 4},
                           {QString(), 5}};
    });
    add(u"map with prototype keys"_s, [](qsizetype) {
        return QVariantMap{{u"constructor"_s, QVariantMap{{u"prototype"_s, 1}}},
                           {u"toString"_s, u"x"_s},
                           {u"hasOwnProperty"_s, 1},
                           {u"toJSON"_s, u"x"_s}};
    });
    // Not "__proto__": that key is left out (tst_escaping).
    add(u"map with constructor"_s, [](qsizetype) {
        return QVariantMap{{u"constructor"_s, QVariantMap{{u"isAdministrator"_s, true}}},
                           {u"a"_s, 1}};
    });
    add(u"hash"_s, [&](qsizetype n) { return QVariantHash{{u"x"_s, address.arg(n)}}; });
    add(u"integer"_s, [](qsizetype) { return 42; });
    add(u"negative integer"_s, [](qsizetype) { return -7; });
    add(u"large integer"_s, [](qsizetype) { return qlonglong(1) << 52; });
    add(u"fraction"_s, [](qsizetype) { return -0.5; });
    add(u"true"_s, [](qsizetype) { return true; });
    add(u"nothing"_s, [](qsizetype) { return QVariant(); });
    add(u"null"_s, [](qsizetype) { return QVariant::fromValue(nullptr); });
    add(u"bytes"_s, [&](qsizetype n) { return image.arg(n).toUtf8(); });
    add(u"address"_s, [&](qsizetype n) { return QUrl(address.arg(n)); });
    // What a filter or a controller marked as markup is markup in text only.
    const auto safe = [](const QString &text) {
        return QVariant::fromValue(KTextTemplate::SafeString(text, true));
    };
    add(u"safe entities"_s, [&](qsizetype n) {
        return safe(
            u"&quot; onclick=top.pwned(%1) &#39; java&Tab;script&colon;&lt;/p&gt;"_s.arg(n));
    });
    add(u"safe address"_s,
        [&](qsizetype n) { return safe(u"java&Tab;script&colon;top.pwned(%1)"_s.arg(n)); });
    return values;
}

} // namespace

QList<Payload> payloads()
{
    QList<Payload> result;
    const std::pair<QString, QStringList> groups[]{
        {u"markup"_s, markup()},  {u"attribute"_s, attributes()}, {u"address"_s, addresses()},
        {u"script"_s, scripts()}, {u"style"_s, styles()},         {u"other"_s, others()},
    };
    for (const auto &[group, texts] : groups) {
        for (QString text : texts) {
            const QString number = QString::number(result.size());
            const QString name = u"%1 %2 %3"_s.arg(group, number, text.left(60));
            text.replace(u"#N"_s, number);
            text.replace(u"@"_s, u"top.pwned(%1)"_s.arg(number));
            // An at sign that is meant.
            text.replace(u'\uE000', u'@');
            result.append({name, text});
        }
    }
    result += typedValues(result.size());
    return result;
}

} // namespace LiveTemplate
