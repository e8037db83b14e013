# gnuplot quick-roofline.gp draws quick-roofline.svg and quick-roofline.png.
reset
set encoding utf8
set lmargin at screen 0.13889
set rmargin at screen 0.78704
set tmargin at screen 0.76730
set bmargin at screen 0.10692
set border 3 linecolor '#404040'
set tics nomirror out textcolor '#202020'
set grid xtics back linetype 1 linecolor '#dddddd' linewidth 0.6
set grid ytics back linetype 1 linecolor '#dddddd' linewidth 0.6
set errorbars small
set label 'Roofline' at screen 0.01620, screen 0.96855 left font ',14'
set label 'A little of everything · AMD EPYC · 1 thread' at screen 0.01620, screen 0.93711 left font ',11' textcolor '#505050'
set key at screen 0.01620, screen 0.91824 left top horizontal maxcols 3 Left reverse samplen 3 width 1 noenhanced
set logscale x
set xrange [0.1696207194934155:341.20055963533935]
set xtics ('' 0.2 1, '' 0.30000000000000004 1, '' 0.4 1, '' 0.5 1, '' 0.6000000000000001 1, '' 0.7000000000000001 1, '' 0.8 1, '' 0.9 1, '1' 1, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '10' 10, '' 20 1, '' 30 1, '' 40 1, '' 50 1, '' 60 1, '' 70 1, '' 80 1, '' 90 1, '100' 100, '' 200 1, '' 300 1)
set xlabel 'Operations a byte of least traffic (2 a MAC, 1 any other operation on an element)'
set logscale y
set yrange [258443906.31048763:410513047363.4126]
set ytics ('' 300000000 1, '' 400000000 1, '' 500000000 1, '' 600000000 1, '' 700000000 1, '' 800000000 1, '' 900000000 1, '1 Gop/s' 1000000000, '' 2000000000 1, '' 3000000000 1, '' 4000000000 1, '' 5000000000 1, '' 6000000000 1, '' 7000000000 1, '' 8000000000 1, '' 9000000000 1, '10 Gop/s' 10000000000, '' 20000000000 1, '' 30000000000 1, '' 40000000000 1, '' 50000000000 1, '' 60000000000 1, '' 70000000000 1, '' 80000000000 1, '' 90000000000 1, '100 Gop/s' 100000000000, '' 200000000000 1, '' 300000000000 1, '' 400000000000 1)
set ylabel 'Operations a second, at the median latency'
$level1 << e
0.1696207194934155 72327795584.43076
0.5338555765868672 227640804320.97357
e
set label 'L1 426 GB/s' at 0.2213616994014968,94390613318.64697 left rotate by 37.7 offset character -0.70,0.40 font ',10' textcolor '#404040'
$level2 << e
0.1696207194934155 37074574460.797226
1.041484563924326 227640804320.9736
e
set label 'L2 219 GB/s' at 0.2213616994014968,48383775471.17992 left rotate by 37.7 offset character -0.70,0.40 font ',10' textcolor '#404040'
$level3 << e
0.1696207194934155 15053464933.047472
2.565030521990693 227640804320.97357
e
set label 'L3 88.7 GB/s' at 0.2213616994014968,19645362838.999054 left rotate by 37.7 offset character -0.70,0.40 font ',10' textcolor '#404040'
$level4 << e
0.1696207194934155 6144098840.244451
6.284501278213014 227640804320.97357
e
set label 'memory 36.2 GB/s' at 0.2213616994014968,8018290245.609255 left rotate by 37.7 offset character -0.70,0.40 font ',10' textcolor '#404040'
$limit1 << e
0.5338555765868672 227640804320.97357
341.20055963533935 227640804320.97357
e
set label '228 GFLOP/s, avx512 512 bit' at graph 1, first 227640804320.97357 left offset character 0.8,0 font ',10' textcolor '#202020'
$limit2 << e
0.27314323327677387 116470723628.0759
341.20055963533935 116470723628.0759
e
set label '116 GFLOP/s, avx2 256 bit' at graph 1, first 116470723628.0759 left offset character 0.8,0 font ',10' textcolor '#202020'
$limit3 << e
0.1696207194934155 58091926679.58792
341.20055963533935 58091926679.58792
e
set label '58.1 GFLOP/s, baseline 128 bit' at graph 1, first 58091926679.58792 left offset character 0.8,0 font ',10' textcolor '#202020'
$series1 << e
0.4987012987012987 40186959187.844925
65.10154905335628 225683127759.84952
e
$series2 << e
0.4987012987012987 34250275826.026363
65.10154905335628 196532346685.49756
e
$series3 << e
233.25619834710744 223023965494.66495
60.827586206896555 157862113462.77136
17.209756097560977 106382953035.45071
25.188755020080322 193902088929.26923
2.23715916296766 39840178798.98837
11.878787878787879 70846911920.08453
e
$series4 << e
233.25619834710744 187335111122.63446
60.827586206896555 68263320899.68663
17.209756097560977 36944368137.57479
25.188755020080322 203013677087.96365
2.23715916296766 402183210.6210845
11.878787878787879 1199783202.440035
e
$series5 << e
233.25619834710744 42282646353.43139
60.827586206896555 37740608675.454216
17.209756097560977 36901843216.76822
25.188755020080322 40740642300.62308
2.23715916296766 18095771537.46488
11.878787878787879 19907707532.995655
e
$series6 << e
49.4423828125 145295771638.62204
e
$series7 << e
49.4423828125 86368183602.54471
e
$series8 << e
0.4225738333283294 16448772886.638098
0.4225738333283294 13103378719.112457
0.48264239395153885 28875584358.688046
0.48264239395153885 28488524832.11571
e
$series9 << e
0.4225738333283294 4768581391.080933
0.4225738333283294 4559088700.534471
0.48264239395153885 8999057580.813278
0.48264239395153885 7899165166.148306
e
$series10 << e
0.4225738333283294 2482961394.842845
0.4225738333283294 2526662228.5718555
0.48264239395153885 4656578667.353637
0.48264239395153885 3422365837.3337235
e
$series11 << e
0.8712285616582491 21035228738.711918
e
$series12 << e
0.625 4216029136.7918878
e
set terminal svg noenhanced size 864,636 font 'sans-serif,12' background '#ffffff'
set output 'quick-roofline.svg'
plot $level1 using 1:2 with lines linewidth 1.4 linecolor '#707070' notitle, \
    $level2 using 1:2 with lines linewidth 1.4 linecolor '#707070' notitle, \
    $level3 using 1:2 with lines linewidth 1.4 linecolor '#707070' notitle, \
    $level4 using 1:2 with lines linewidth 1.4 linecolor '#707070' notitle, \
    $limit1 using 1:2 with lines linewidth 2 dashtype 1 linecolor '#404040' notitle, \
    $limit2 using 1:2 with lines linewidth 1.2 dashtype 2 linecolor '#404040' notitle, \
    $limit3 using 1:2 with lines linewidth 1.2 dashtype 2 linecolor '#404040' notitle, \
    $series1 using 1:2 with points pointtype 7 pointsize 1.1 linewidth 1.4 linecolor '#22406e' title 'matmul, native', \
    $series2 using 1:2 with points pointtype 5 pointsize 1.1 linewidth 1.4 linecolor '#e8a33d' title 'matmul, openblas', \
    $series3 using 1:2 with points pointtype 9 pointsize 1.1 linewidth 1.4 linecolor '#1f8a70' title 'conv2d, native', \
    $series4 using 1:2 with points pointtype 13 pointsize 1.1 linewidth 1.4 linecolor '#8a63b0' title 'conv2d, openblas', \
    $series5 using 1:2 with points pointtype 11 pointsize 1.1 linewidth 1.4 linecolor '#7c2238' title 'conv2d, plain', \
    $series6 using 1:2 with points pointtype 6 pointsize 1.1 linewidth 1.4 linecolor '#5aa0d0' title 'attention, native', \
    $series7 using 1:2 with points pointtype 4 pointsize 1.1 linewidth 1.4 linecolor '#4d4d4d' title 'attention, openblas', \
    $series8 using 1:2 with points pointtype 8 pointsize 1.1 linewidth 1.4 linecolor '#9aa62f' title 'spmm, native', \
    $series9 using 1:2 with points pointtype 13 pointsize 1.1 linewidth 1.4 linecolor '#22406e' title 'spmm, fused', \
    $series10 using 1:2 with points pointtype 11 pointsize 1.1 linewidth 1.4 linecolor '#e8a33d' title 'spmm, gather-scatter', \
    $series11 using 1:2 with points pointtype 6 pointsize 1.1 linewidth 1.4 linecolor '#1f8a70' title 'layer_norm, plain', \
    $series12 using 1:2 with points pointtype 4 pointsize 1.1 linewidth 1.4 linecolor '#8a63b0' title 'softmax, plain'
set terminal pngcairo noenhanced size 1728,1272 font 'sans-serif,12' fontscale 1.5 linewidth 2 pointscale 2 background '#ffffff'
set output 'quick-roofline.png'
replot
unset output
